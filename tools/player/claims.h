// claims.h - the claims of the lessons, put to the test once or many times
//
// What plays a lesson plays here too, without its text: of each step only the
// experiments that a claim of it needs, in their order.
//
// Interface: claims_read, claims_test, claims_verdict, claims_flipped,
// claims_forget, claims_free.
// Threads: one. Ownership: claims owns everything in it.
#ifndef TELAR_CLAIMS_H
#define TELAR_CLAIMS_H

#include <stdbool.h>
#include <stddef.h>

#include "tools/player/claim.h"

// What a test of a claim found.
struct finding {
    char *figure;             // NULL: the claim has none, or a fact is missing
    char *reason;             // why nothing was decided; NULL: it was
    struct fact_value *facts; // that decided; run 0: nobody said it
    size_t fact_count;
};

struct tested {
    const struct item *claim;
    const struct claims_lesson *home;
    const struct step *step;
    int counts[VERDICTS];           // how often each verdict came
    struct finding found[VERDICTS]; // the latest with that verdict
};

struct claims_lesson {
    char *name; // "02_pipes"
    struct lesson lesson;
};

struct claims { // begins as {0}
    struct claims_lesson *lessons;
    size_t lesson_count;
    struct tested *list; // in the order of the lessons
    size_t count;
    int faults;  // lessons or experiments that were not as written
    int rounds;  // tests so far
    int planned; // and as many as there shall be, for whoever shows progress
    // Called before each experiment, if not NULL, with the claim whose turn is
    // next and its index in list.
    void (*progress)(const struct claims *claims, size_t index,
                     const struct item *experiment);
};

// Finds the claims of the lessons asked for (count 0: of all), or only the one
// called id. A lesson that cannot be read is said on standard error and counted
// as a fault. Returns false, having said why, when a lesson or id does not
// exist.
bool claims_read(struct claims *claims, char **asked, size_t count,
                 const char *id);

// Puts each claim to the test once more. Blocks. Returns false when a signal
// came (stop.h), or, having said why, when there is no place for experiments.
bool claims_test(struct claims *claims);

// The verdict that came most often; of several the first of the enum.
enum verdict claims_verdict(const struct tested *tested);

// Was it true once, and false once?
bool claims_flipped(const struct tested *tested);

// What a finding holds goes; it is empty again.
void claims_forget(struct finding *finding);

void claims_free(struct claims *claims);

#endif
