// pair.h - two files that say the same, each in its language
//
// Interface: pair_check.
// Threads: no shared state. Ownership: everything is only read.
#ifndef TELAR_PAIR_H
#define TELAR_PAIR_H

#include "tools/player/lesson.h"

// Hears what is wrong in a line of lesson.
typedef void pair_complain(const struct lesson *lesson, int line,
                           const char *what, void *context);

// Have both the same steps, and in them the same directives in the same order?
// Calls complain for each difference, at its place in en.
void pair_check(const struct lesson *es, const struct lesson *en,
                pair_complain *complain, void *context);

#endif
