// play_table.h - all that a game stands on, set as a person asked for it
//
// Interface: struct play_request, play_request_usual, struct play_table,
// play_table_set, play_table_clear.
// Threads: one. Ownership: a table owns all that is in it and borrows its
// request, which must stay where it is.
#ifndef TELAR_PLAY_TABLE_H
#define TELAR_PLAY_TABLE_H

#include "tools/explorer/play_game.h"

struct play_request {
    struct explore_request explore; // sources and arguments are filled in
    struct wordlist files;          // as the person named them
    struct wordlist sources;        // paths; filled in
    struct wordlist arguments;      // of the program; the first is its name
    const char *goal, *schedule;    // NULL: none was named
    enum grain grain;
};

struct play_table {
    struct build build;
    struct names *names;
    struct play play;
    struct hinter hinter;
    struct game game;
    char *before, *arguments; // of game
};

// Nothing named yet, and what is usual.
void play_request_usual(struct play_request *request);
void play_request_free(struct play_request *request);

// Builds the program, goes to where its schedule leads, and finds a goal, which
// may take a second. Returns false with a line in error; the table is to be
// cleared in any case.
bool play_table_set(struct play_table *table, struct play_request *request,
                    char *error, size_t error_size);
void play_table_clear(struct play_table *table);

#endif
