// script.h - keys and pauses as a line of text: "v<1s>..<enter>"
//
// A character is the key of that name; in angle brackets stand other keys
// (space, enter, esc, back, tab, lt, up, down, left, right, pgup, pgdn, home,
// end) and pauses ("<1.5s>", "<200ms>").
//
// Interface: struct script_step, script_next.
// Threads: no shared state. Ownership: text is only read.
#ifndef TELAR_SCRIPT_H
#define TELAR_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

struct script_step {
    int code;          // a byte, or one of keys.h; CODE_NONE: a pause
    uint64_t pause_ns; // at most an hour
};

// Takes the next step off text. Returns 1; 0 at the end; -1 where text is wrong
// (it then begins with what is wrong).
int script_next(const char **text, struct script_step *step);

#endif
