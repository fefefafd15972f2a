// frame.h - what a suite and a worker say to each other, byte by byte
//
// Interface: frame_pack, frame_unpack, parcel_put_int, parcel_put_bytes,
// parcel_get_int, parcel_get_bytes, parcel_append, parcel_free.
// Threads: no shared state. Ownership: a parcel owns its bytes; what
// parcel_get_bytes hands out points into them.
//
// A frame is a header of three 32-bit numbers, least significant byte first
// (length of the payload, sequence, type), and the payload; at most 64 KiB
// altogether. A question and its answer carry the same sequence number. What is
// longer than one frame comes in several: all but the last are of a _PART type.
// Joined, their payloads are a parcel: fields 'i' (8 bytes, two's complement)
// and 'b' (a 32-bit length, the bytes).
//
//   question: b operation, i number of faults, for each of them (b call, i nth,
//             i times, i errno value, i most bytes), then the arguments
//   answer:   i number of counts, for each of them (b call, i count), then the
//             fields of the adapter
#ifndef TELAR_FRAME_H
#define TELAR_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FRAME_HEADER = 12,                    // in bytes
    FRAME_PAYLOAD = 65536 - FRAME_HEADER, // at most, in bytes
    PARCEL_MOST = 32 << 20,               // in bytes
};

enum frame_type {
    FRAME_ASK = 1,
    FRAME_ASK_PART,
    FRAME_ANSWER,
    FRAME_ANSWER_PART,
    FRAME_END, // return from main
};

struct frame {
    uint32_t length; // of the payload, in bytes
    uint32_t sequence;
    uint32_t type;
};

void frame_pack(const struct frame *frame, unsigned char header[FRAME_HEADER]);

// Returns false when the length or the type is none that may occur.
bool frame_unpack(const unsigned char header[FRAME_HEADER],
                  struct frame *frame);

struct parcel {
    unsigned char *bytes;
    size_t size, room; // in bytes
    size_t at;         // the next field to get
};

// Return false, and leave the parcel alone, when it would pass PARCEL_MOST or
// memory is short.
bool parcel_put_int(struct parcel *parcel, int64_t value);
bool parcel_put_bytes(struct parcel *parcel, const void *bytes, size_t size);

// Puts raw bytes of a frame behind what is there. Same failures.
bool parcel_append(struct parcel *parcel, const void *bytes, size_t size);

// Return false, and stay where they are, when the next field is of the other
// kind, is cut short or is not there.
bool parcel_get_int(struct parcel *parcel, int64_t *value);
bool parcel_get_bytes(struct parcel *parcel, const void **bytes, size_t *size);

// Empties the parcel; it can be filled again.
void parcel_free(struct parcel *parcel);

#endif
