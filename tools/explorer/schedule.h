// schedule.h - a schedule as a person hands it on
//
//     1:sync:1:0123456789abcdef:0*5,1*3
//     VERSION:POINTS:SPURIOUS:BUILDHASH:STEPS
//
// VERSION is 1. POINTS and SPURIOUS are what was explored with; BUILDHASH (16
// hexadecimal digits) says for which program it is meant; STEPS are those of
// protocol.h.
//
// Interface: struct schedule, schedule_parse, schedule_text, schedule_free,
// points_named, points_word.
// Threads: no shared state. Ownership: a schedule owns its steps.
#ifndef TELAR_SCHEDULE_H
#define TELAR_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum points { POINTS_SYNC, POINTS_RACES, POINTS_ACCESSES };

bool points_named(const char *word, enum points *points);
const char *points_word(enum points points);

struct schedule {
    enum points points;
    int spurious;
    uint64_t build;
    char *steps;
};

// Reads text, all of it. False, with one line in error that says where it goes
// wrong, when it is no schedule of this version.
bool schedule_parse(const char *text, struct schedule *schedule, char *error,
                    size_t error_size);

// Are these STEPS of protocol.h? None at all are, too.
bool schedule_steps_valid(const char *steps);

// The text, which the caller frees.
char *schedule_text(const struct schedule *schedule);

void schedule_free(struct schedule *schedule);

#endif
