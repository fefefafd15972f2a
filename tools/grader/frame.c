// frame.c - what a suite and a worker say to each other, byte by byte
#include <stdlib.h>
#include <string.h>

#include "tools/grader/frame.h"

static void put_number(unsigned char *bytes, uint64_t value, int count)
{
    for (int i = 0; i < count; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
}

static uint64_t get_number(const unsigned char *bytes, int count)
{
    uint64_t value = 0;

    for (int i = 0; i < count; i++)
        value |= (uint64_t)bytes[i] << (8 * i);
    return value;
}

void frame_pack(const struct frame *frame, unsigned char header[FRAME_HEADER])
{
    put_number(header, frame->length, 4);
    put_number(header + 4, frame->sequence, 4);
    put_number(header + 8, frame->type, 4);
}

bool frame_unpack(const unsigned char header[FRAME_HEADER], struct frame *frame)
{
    frame->length = (uint32_t)get_number(header, 4);
    frame->sequence = (uint32_t)get_number(header + 4, 4);
    frame->type = (uint32_t)get_number(header + 8, 4);
    return frame->length <= FRAME_PAYLOAD && frame->type >= FRAME_ASK &&
           frame->type <= FRAME_END;
}

static bool make_room(struct parcel *parcel, size_t more)
{
    size_t room = parcel->room ? parcel->room : 256;
    unsigned char *bytes;

    if (more > PARCEL_MOST - parcel->size)
        return false;
    while (room < parcel->size + more)
        room *= 2;
    if (room == parcel->room)
        return true;
    bytes = realloc(parcel->bytes, room);
    if (!bytes)
        return false;
    parcel->bytes = bytes;
    parcel->room = room;
    return true;
}

bool parcel_append(struct parcel *parcel, const void *bytes, size_t size)
{
    if (!make_room(parcel, size))
        return false;
    if (size > 0)
        memcpy(parcel->bytes + parcel->size, bytes, size);
    parcel->size += size;
    return true;
}

bool parcel_put_int(struct parcel *parcel, int64_t value)
{
    unsigned char field[9] = {'i'};

    put_number(field + 1, (uint64_t)value, 8);
    return parcel_append(parcel, field, sizeof field);
}

bool parcel_put_bytes(struct parcel *parcel, const void *bytes, size_t size)
{
    unsigned char field[5] = {'b'};

    if (size > PARCEL_MOST || !make_room(parcel, sizeof field + size))
        return false;
    put_number(field + 1, size, 4);
    return parcel_append(parcel, field, sizeof field) &&
           parcel_append(parcel, bytes, size);
}

// The start of a field of this kind with size bytes in it, or NULL.
static const unsigned char *field_at(const struct parcel *parcel, char kind,
                                     size_t size)
{
    if (parcel->at > parcel->size || size > parcel->size - parcel->at ||
        parcel->bytes[parcel->at] != (unsigned char)kind)
        return NULL;
    return parcel->bytes + parcel->at;
}

bool parcel_get_int(struct parcel *parcel, int64_t *value)
{
    const unsigned char *field = field_at(parcel, 'i', 9);

    if (!field)
        return false;
    *value = (int64_t)get_number(field + 1, 8);
    parcel->at += 9;
    return true;
}

bool parcel_get_bytes(struct parcel *parcel, const void **bytes, size_t *size)
{
    const unsigned char *field = field_at(parcel, 'b', 5);
    size_t length;

    if (!field)
        return false;
    length = (size_t)get_number(field + 1, 4);
    if (!field_at(parcel, 'b', 5 + length))
        return false;
    *bytes = field + 5;
    *size = length;
    parcel->at += 5 + length;
    return true;
}

void parcel_free(struct parcel *parcel)
{
    free(parcel->bytes);
    *parcel = (struct parcel){0};
}
