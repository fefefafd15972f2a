// keys.h - the table of keys: what each does, and the help that is made of it
//
// Interface: enum key_code, struct key, keys, key_count, keys_press.
// Threads: one. Ownership: constants.
#ifndef TELAR_KEYS_H
#define TELAR_KEYS_H

#include "viz/stage.h"

// A byte stands for itself; what a terminal sends as a sequence is one of
// these.
enum key_code {
    CODE_NONE = -1,
    CODE_UP = 0x110000, // behind all of Unicode
    CODE_DOWN,
    CODE_LEFT,
    CODE_RIGHT,
    CODE_PAGE_UP,
    CODE_PAGE_DOWN,
    CODE_HOME,
    CODE_END,
    CODE_RESIZE
};

struct key {
    int code, also; // also: another key that does the same, or 0
    const char *shown;
    const char *english, *spanish; // what it does; NULL: as the one before it
    void (*act)(struct stage *stage);
};

extern const struct key keys[];
extern const int key_count;

// Does what the key stands for; while a prompt is open, types.
void keys_press(struct stage *stage, int code);

#endif
