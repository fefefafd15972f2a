// fuzz_frame.c - any bytes from a worker are an answer or are refused
#include <stdint.h>
#include <stdlib.h>

#include "tools/grader/answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void take_fields(struct parcel *fields)
{
    int64_t number;
    const void *bytes;
    size_t size;

    while (parcel_get_int(fields, &number) ||
           parcel_get_bytes(fields, &bytes, &size))
        if (fields->at > fields->size)
            abort();
}

// The first byte says in pieces of what size the rest comes.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct answer answer = {0};
    size_t piece = size > 0 ? 1u + data[0] : 1;
    bool taken = true;

    answer_expect(&answer, 7);
    for (size_t at = 1; at < size && taken; at += piece)
        taken = answer_take(&answer, data + at,
                            size - at < piece ? size - at : piece);
    if (taken && answer.complete && answer_open(&answer)) {
        if (answer_calls(&answer, "read") < 0 && answer.counts.size == 0)
            abort();
        take_fields(&answer.fields);
    }
    parcel_free(&answer.fields);
    return 0;
}
