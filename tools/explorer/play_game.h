// play_game.h - commands of a player, and what is answered
//
// Interface: struct game, struct said, game_run, game_begin, game_obey,
// game_go_back, game_schedule, game_end.
// Threads: one. Ownership: a game borrows its play, its hinter and its strings;
// what was said is its own.
#ifndef TELAR_PLAY_GAME_H
#define TELAR_PLAY_GAME_H

#include "tools/course/terminal.h"
#include "tools/explorer/play_hint.h"

// A sentence about the latest command.
struct said {
    enum meaning meaning;
    bool is_whole; // lines as they are, each with its newline: to be copied
    char *text;
};

struct game {
    struct play *play;
    struct hinter *hinter;
    struct goal goal;
    uint64_t hash;         // of the build
    const char *name;      // what is played
    const char *before;    // files and options, as typed: "a.c --cc clang"
    const char *arguments; // " -- 3", or ""
    bool has_screen;       // who plays sees where everybody stands at all times
    // Kept here:
    bool has_quit, was_reached;
    bool refused; // it could not be done: what follows on the line is not
    struct said *said;
    size_t said_count;
};

// Plays in lines of standard input and output until the player quits or the
// input ends.
void game_run(struct game *game);

// For who shows the game himself: first begin, at last end. A schedule that was
// entered may have led to the goal already: then that is said.
void game_begin(struct game *game);
void game_end(struct game *game);

// One line of commands: "1 2 u".
void game_obey(struct game *game, const char *line);

// Takes back all that came behind the first count steps of the schedule.
void game_go_back(struct game *game, uint64_t count);

// The commands that replay and play on from here, two lines; the caller's to
// free.
char *game_schedule(const struct game *game);

#endif
