// answer.h - the answer to one question, put together as its bytes come
//
// Interface: answer_expect, answer_take, answer_open, answer_calls.
// Threads: no shared state. Ownership: an answer owns its fields; free them
// with parcel_free(&answer.fields).
//
// The bytes are a stranger's. Whatever they are, an answer is complete and in
// order, or it is refused.
#ifndef TELAR_ANSWER_H
#define TELAR_ANSWER_H

#include "tools/grader/frame.h"

struct answer {
    uint32_t sequence; // of the question
    unsigned char header[FRAME_HEADER];
    size_t header_size;   // bytes of it that have come
    struct frame frame;   // once the header is there
    size_t payload_left;  // bytes
    bool complete;        // all frames have come
    struct parcel fields; // joined payloads; behind answer_open, the adapter's
    struct parcel counts; // the calls counted: a part of fields, not owned
};

// Forgets what is there and waits for the answer to this question.
void answer_expect(struct answer *answer, uint32_t sequence);

// Returns false when these bytes are no part of that answer: another sequence
// number, another type, a part that could be longer, more than 32 MiB,
// anything behind the end.
bool answer_take(struct answer *answer, const unsigned char *bytes,
                 size_t size);

// Sets the counts of a complete answer aside, so that the next field is the
// adapter's first. Returns false when there are none.
bool answer_open(struct answer *answer);

// How often this call was made, as the worker says.
int answer_calls(const struct answer *answer, const char *call);

#endif
