// condition.h - the small language in which a lesson says what is right
//
//     stdout_bytes == 65536 & exit_status != 0 | first.wait_ns < second.wait_ns
//
// A condition is "otherwise", which always holds, or comparisons joined by
// & and |, where & binds tighter. A comparison is A op B with one of
// == != < <= > >=; A and B are names of facts or integers. No parentheses and
// no arithmetic: a program says the fact it means.
//
// Interface: condition_check, condition_holds, condition_names.
// Threads: no shared state. Ownership: everything is only read.
#ifndef TELAR_CONDITION_H
#define TELAR_CONDITION_H

#include <stdbool.h>
#include <stddef.h>

#include "tools/player/facts.h"

enum truth { NOT_TRUE, IS_TRUE, NOT_KNOWN };

// Is text a condition? If not, says in error what is wrong with it.
bool condition_check(const char *text, char *error, size_t error_size);

// NOT_KNOWN when text names a fact that does not exist yet, or is none.
enum truth condition_holds(const char *text, const struct facts *facts);

// Calls use once for every name in text, in order, until it returns false;
// returns what the last call returned, true when there is none. text passed
// condition_check.
bool condition_names(const char *text,
                     bool (*use)(const char *name, void *context),
                     void *context);

#endif
