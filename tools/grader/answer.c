// answer.c - the answer to one question, put together as its bytes come
#include <limits.h>
#include <string.h>

#include "tools/grader/answer.h"

enum { COUNTS_MOST = 1000 };

static void begin_frame(struct answer *answer)
{
    answer->header_size = 0;
    answer->payload_left = 0;
}

static void end_frame(struct answer *answer)
{
    answer->complete = answer->frame.type == FRAME_ANSWER;
    begin_frame(answer);
}

void answer_expect(struct answer *answer, uint32_t sequence)
{
    parcel_free(&answer->fields);
    *answer = (struct answer){.sequence = sequence};
}

static bool header_is_right(struct answer *answer)
{
    const struct frame *frame = &answer->frame;

    if (!frame_unpack(answer->header, &answer->frame) ||
        frame->sequence != answer->sequence)
        return false;
    return frame->type == FRAME_ANSWER ||
           (frame->type == FRAME_ANSWER_PART && frame->length == FRAME_PAYLOAD);
}

// Takes what belongs to the header. Returns how much, 0 when it is wrong.
static size_t take_header(struct answer *answer, const unsigned char *bytes,
                          size_t size)
{
    size_t part = FRAME_HEADER - answer->header_size;

    part = size < part ? size : part;
    memcpy(answer->header + answer->header_size, bytes, part);
    answer->header_size += part;
    if (answer->header_size < FRAME_HEADER)
        return part;
    if (!header_is_right(answer))
        return 0;
    answer->payload_left = answer->frame.length;
    if (answer->payload_left == 0)
        end_frame(answer);
    return part;
}

static size_t take_payload(struct answer *answer, const unsigned char *bytes,
                           size_t size)
{
    size_t part = size < answer->payload_left ? size : answer->payload_left;

    if (!parcel_append(&answer->fields, bytes, part))
        return 0;
    answer->payload_left -= part;
    if (answer->payload_left == 0)
        end_frame(answer);
    return part;
}

bool answer_take(struct answer *answer, const unsigned char *bytes, size_t size)
{
    while (size > 0) {
        size_t taken = 0;

        if (!answer->complete)
            taken = answer->header_size < FRAME_HEADER
                        ? take_header(answer, bytes, size)
                        : take_payload(answer, bytes, size);
        if (taken == 0)
            return false;
        bytes += taken;
        size -= taken;
    }
    return true;
}

bool answer_open(struct answer *answer)
{
    int64_t count, ignored;
    const void *name;
    size_t size;

    if (!parcel_get_int(&answer->fields, &count) || count < 0 ||
        count > COUNTS_MOST)
        return false;
    answer->counts = answer->fields;
    for (; count > 0; count--)
        if (!parcel_get_bytes(&answer->fields, &name, &size) ||
            !parcel_get_int(&answer->fields, &ignored))
            return false;
    answer->counts.size = answer->fields.at;
    return true;
}

int answer_calls(const struct answer *answer, const char *call)
{
    struct parcel counts = answer->counts;
    int64_t count;
    const void *name;
    size_t size;

    while (parcel_get_bytes(&counts, &name, &size) &&
           parcel_get_int(&counts, &count))
        if (size == strlen(call) + 1 && memcmp(name, call, size) == 0)
            return count > INT_MAX ? INT_MAX : (int)count;
    return 0;
}
