// facts.h - what the runs of a step said about themselves
//
// Interface: facts_set, facts_find, facts_take, facts_free.
// Threads: none shared. Ownership: facts owns its list; names are copied.
#ifndef TELAR_FACTS_H
#define TELAR_FACTS_H

#include <stdbool.h>
#include <stddef.h>

enum { FACT_NAME_SIZE = 128, FACTS_LIMIT = 1000 };

struct fact_value {
    char name[FACT_NAME_SIZE]; // "read_calls" or, with as=first,
                               // "first.read_calls"
    long long value;
    int run; // the run that said it last, counted from 1
};

struct facts { // begins as {0}
    struct fact_value *list;
    size_t count;
};

// Sets name and, when prefix is not NULL, prefix.name. Returns false where one
// of them is too long or FACTS_LIMIT is reached: that one is not set.
bool facts_set(struct facts *facts, const char *prefix, const char *name,
               long long value, int run);

// NULL when no run said it. Valid until the next facts_set.
const struct fact_value *facts_find(const struct facts *facts,
                                    const char *name);

// Takes every line "fact NAME VALUE" of text. Returns the number of lines that
// are none, or that did not fit.
size_t facts_take(struct facts *facts, const char *prefix, const char *text,
                  int run);

void facts_free(struct facts *facts);

#endif
