// claim.h - what people say, and what the facts of a run say to it
//
// Interface: claim_verdict, claim_condition, claim_figure, claim_names,
// claim_source, verdict_key, verdict_words.
// Threads: no shared state. Ownership: as said at each function.
#ifndef TELAR_CLAIM_H
#define TELAR_CLAIM_H

#include "tools/player/facts.h"
#include "tools/player/lesson.h"

enum verdict {
    CLAIM_TRUE,
    CLAIM_PARTLY,
    CLAIM_FALSE,
    CLAIM_UNDECIDED, // here: a fact is missing, or no condition holds
    VERDICTS
};

// The first of true, partly and false whose condition holds.
enum verdict claim_verdict(const struct item *claim, const struct facts *facts);

// The condition of that verdict; NULL of CLAIM_UNDECIDED.
const char *claim_condition(const struct item *claim, enum verdict verdict);

// The sentence that says what decided, NULL when the claim has none or a fact
// of it does not exist. The caller frees it.
char *claim_figure(const struct item *claim, const struct facts *facts);

// Calls use once for every fact that its conditions and its figure name, in
// order, until it returns false; returns what the last call returned.
bool claim_names(const struct item *claim,
                 bool (*use)(const char *name, void *context), void *context);

// Who says so, for people: the number of a document, "folklore".
const char *claim_source(const struct item *claim);

// "true", "partly", "false", "undecided": in files.
const char *verdict_key(enum verdict verdict);

// The same for people: "partly true", "undecided here".
const char *verdict_words(enum verdict verdict);

#endif
