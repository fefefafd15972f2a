// sentence.h - a sentence of a lesson with the facts of a run in it
//
//     "{rounds_together} of 100 answers came from another core"
//
// Interface: sentence_check, sentence_names, sentence_fill.
// Threads: no shared state. Ownership: as said at each function.
#ifndef TELAR_SENTENCE_H
#define TELAR_SENTENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "tools/player/facts.h"

// Does each { of text open the name of a fact, and a } close it? If not, says
// in error what is wrong.
bool sentence_check(const char *text, char *error, size_t error_size);

// Calls use once for every name in text, in order, until it returns false;
// returns what the last call returned, true when there is none. text passed
// sentence_check.
bool sentence_names(const char *text,
                    bool (*use)(const char *name, void *context),
                    void *context);

// The sentence with the values, their digits in groups as the language of
// message.h writes them. NULL when a fact does not exist. The caller frees it.
char *sentence_fill(const char *text, const struct facts *facts);

#endif
