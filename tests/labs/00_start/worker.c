// worker.c - calls the student's twice, sum and parse_long
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tools/grader/worker.h"

#include "start.h"

static void call_twice(struct call *call)
{
    give_int(call, twice((int)take_int(call)));
}

// The numbers stand in a block of exactly their size, so that a sanitizer sees
// the first one too many.
static void call_sum(struct call *call)
{
    size_t size_bytes;
    const void *bytes = take_bytes(call, &size_bytes);
    int count = (int)take_int(call);
    int *numbers = malloc(size_bytes);

    if (size_bytes > 0)
        memcpy(numbers, bytes, size_bytes);
    give_int(call, sum(numbers, count));
    free(numbers);
}

static void call_parse_long(struct call *call)
{
    const char *text = take_text(call);
    long number = take_int(call);

    errno = (int)take_int(call);
    give_int(call, parse_long(text, &number));
    give_int(call, number);
}

const struct operation worker_operations[] = {
    {"twice", call_twice},
    {"sum", call_sum},
    {"parse_long", call_parse_long},
    {0},
};
