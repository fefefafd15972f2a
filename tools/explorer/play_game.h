// play_game.h - commands of a player, and what is answered
//
// Interface: struct game, game_run, game_obey.
// Threads: one. Ownership: a game borrows its play, its hinter and its strings.
#ifndef TELAR_PLAY_GAME_H
#define TELAR_PLAY_GAME_H

#include "tools/explorer/play_hint.h"

struct game {
    struct play *play;
    struct hinter *hinter;
    struct goal goal;
    uint64_t hash;         // of the build
    const char *name;      // what is played
    const char *before;    // files and options, as typed: "a.c --cc clang"
    const char *arguments; // " -- 3", or ""
    bool single_keys;      // a terminal that gives them
    // Kept here:
    bool has_quit, was_reached;
    bool is_page; // what was said last wants a screen of its own
    char *said;   // lines, the caller's to free
};

// Plays until the player quits or the input ends.
void game_run(struct game *game);

// One line of commands: "1 2 u".
void game_obey(struct game *game, const char *line);

#endif
