// answers.h - predictions from a file instead of a person
//
// Lines "step/ask = value"; blank ones and those that begin with # say nothing.
// Interface: answers_read, answers_find, answers_free.
// Threads: no shared state. Ownership: answers own their strings.
#ifndef TELAR_ANSWERS_H
#define TELAR_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

#include "tools/player/ask.h"
#include "tools/player/lesson.h"

struct answer {
    const struct item *ask;
    char given[ANSWER_SIZE];
};

struct answers { // begins as {0}
    struct answer *list;
    size_t count;
};

// Returns false, with "FILE:LINE: why" in error, when the file cannot be read,
// names a question that the lesson does not have, or gives no answer to it.
// answers point into lesson.
bool answers_read(const char *path, const struct lesson *lesson,
                  struct answers *answers, char *error, size_t error_size);

// NULL when the file does not answer it.
const char *answers_find(const struct answers *answers, const struct item *ask);

void answers_free(struct answers *answers);

#endif
