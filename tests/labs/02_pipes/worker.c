// worker.c - calls the student's capture and tells what came out of it
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tools/grader/worker.h"

#include "capture.h"

enum { WORDS = 64 };

// "./say out=hello exit=3" cut at its spaces. Words point into text.
static void split(char *text, char *words[WORDS])
{
    size_t count = 0;

    for (char *word = strtok(text, " "); word && count < WORDS - 1;
         word = strtok(NULL, " "))
        words[count++] = word;
    words[count] = NULL;
}

static void call_capture(struct call *call)
{
    struct captured result = {.status = -2, .signal = -2};
    char *words[WORDS], *text = strdup(take_text(call));

    split(text, words);
    errno = 0;
    int returned = capture(words, &result);
    give_int(call, returned);
    give_int(call, returned == 0 ? 0 : errno);
    free(text);
    if (returned != 0)
        return;
    give_bytes(call, result.out, result.out_size);
    give_bytes(call, result.err, result.err_size);
    give_int(call, result.status);
    give_int(call, result.signal);
    free(result.out);
    free(result.err);
}

const struct operation worker_operations[] = {
    {"capture", call_capture},
    {0},
};
