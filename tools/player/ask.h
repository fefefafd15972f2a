// ask.h - a question about what a program will do, and what it did
//
// Interface: ask_take, ask_ready, ask_right, ask_matches, ask_option,
// ask_allowed, ask_lists_options.
// Threads: no shared state. Ownership: everything is copied.
#ifndef TELAR_ASK_H
#define TELAR_ASK_H

#include <stdbool.h>
#include <stddef.h>

#include "tools/player/facts.h"
#include "tools/player/lesson.h"
#include "tools/player/output.h"

enum { ANSWER_SIZE = 64 };

// An answer in its one form: "b", "65536", "b a c". Returns false when typed
// is none of this question.
bool ask_take(const struct item *ask, const char *typed,
              char given[ANSWER_SIZE]);

// What can be answered, for the prompt: "one letter: a, b", "a whole number",
// "an order like c b a".
void ask_allowed(const struct item *ask, char *text, size_t size);

enum right {
    RIGHT_KNOWN,
    RIGHT_NOT_YET, // a fact or a line is missing: its name in right
    RIGHT_NONE,    // no condition holds
    RIGHT_NO_ORDER // this machine could not record the order
};

// The right answer, from the facts and the output of the last run; since: the
// last run before the question was asked, whose facts alone answer nothing.
enum right ask_right(const struct item *ask, const struct facts *facts,
                     const struct output *output, int since, char *right,
                     size_t size);

// Is given right? Numbers within the percentage of the question.
bool ask_matches(const struct item *ask, const char *given, const char *right);

// The words of option `letter`, as they stand in the question; "" when unknown.
void ask_option(const struct item *ask, char letter, char *text, size_t size);

// Does the body list its options as "- a) ..."? (Those of an order may not.)
bool ask_lists_options(const struct item *ask);

#endif
