// story.h - an exploration on a terminal, so that a person understands it
//
// Interface: story_print, story_rows, story_rows_free, story_columns.
// Threads: one. Ownership: rows own their texts.
#ifndef TELAR_STORY_H
#define TELAR_STORY_H

#include <stdio.h>

#include "tools/explorer/explorer.h"

// What happened, one row each: a step, some output, or the fatal moment.
struct row {
    uint64_t number; // of the step; 0: no step
    size_t step;     // index of the step, or SIZE_MAX
    int task;
    char *text;
    char place[64]; // "f.c:12"
    bool is_fatal;  // by which it fails
    bool is_party;  // the other access of a race
};

struct rows {
    struct row *rows;
    size_t count;
};

// The rows of a replay that a person wants to see. names: see tell_prepare.
struct rows story_rows(struct names *names, const struct replay *replay);
void story_rows_free(struct rows *rows);

// Writes an empty line, the heads of the columns, and the rows from first on.
// Of result: the names and the replay. Places lose their file where all have
// one.
void story_columns(FILE *out, const struct exploration *result,
                   const struct rows *rows, size_t first);

// What a person typed behind "./telar explore", for the same again.
struct story_command {
    const char *name;      // what was explored
    const char *before;    // files and options: "lost_update --cc clang"
    const char *arguments; // " -- 3", or ""
};

// Writes all of it.
void story_print(FILE *out, const struct exploration *result,
                 const struct story_command *command);

// The headline: "lost_update.c: FAILED - data race on counter: ...".
void story_verdict(const struct exploration *result, char *text, size_t size);

#endif
