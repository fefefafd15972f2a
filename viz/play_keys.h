// play_keys.h - the keys of a person who is the scheduler
//
// They come before those of keys.h, for as long as a game is played.
//
// Interface: play_keys, play_key_count, play_keys_press, play_keys_type,
// play_keys_has, play_keys_prompt.
// Threads: one. Ownership: constants.
#ifndef TELAR_PLAY_KEYS_H
#define TELAR_PLAY_KEYS_H

#include "viz/keys.h"

extern const struct key play_keys[];
extern const int play_key_count;

// Does what the key stands for in a game. False: nobody plays, or it has no
// meaning there.
bool play_keys_press(struct stage *stage, int code);

// The same while a prompt is open.
bool play_keys_type(struct stage *stage, int code);

// Does the key mean something of its own in a game?
bool play_keys_has(int code);

// What the prompt of a game asks, in text; "" where it is none of a game.
char *play_keys_prompt(const struct stage *stage, char *text, size_t size);

#endif
