// screen.h - what the person sees and types
//
// Lines only: nothing is drawn over, no key is read before Enter, so that the
// terminal is sane whenever we are killed. On a terminal (not --plain) a step
// begins on a clean screen and waits where the screen is full.
//
// Interface: screen_setup, screen_begin, screen_show, screen_say, screen_warn,
// screen_ask, screen_offer, screen_command, screen_measure.
// Threads: one. Ownership: nothing is handed over.
#ifndef TELAR_SCREEN_H
#define TELAR_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

// What the person wants next. Everything but GO_ON stays in screen.wish, and
// nothing more is shown, until somebody who can grant it sets GO_ON again.
enum wish { GO_ON, GO_BACK, RUN_AGAIN, SKIP, QUIT };

struct screen {
    bool asks;   // a person answers (not --auto)
    bool pages;  // waits where the screen is full
    bool large;  // for the projector: more space, shorter lines
    bool silent; // nothing is shown: only the facts are wanted
    int used_rows;
    enum wish wish;
    void (*look)(void *context); // NULL: there is nothing to look at
    void *context;
};
extern struct screen screen;

void screen_setup(bool automatic, bool large);

// A new step: a clean screen.
void screen_begin(void);

// Shows lines of text, waiting where the screen is full.
void screen_show(const char *text);

// The same of one passage made as printf does.
void screen_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

// Says on standard error, after what was shown, "telar: ...".
void screen_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

// Shows prompt and reads one line, spaces cut off at both ends. Blocks.
// Returns false, with screen.wish set, at the end of the input or a signal.
bool screen_ask(const char *prompt, char *answer, size_t answer_size);

// From now on "v" at any question calls look, and the question is asked again;
// NULL: no longer.
void screen_offer(void (*look)(void *context), void *context);

// The wish that a command stands for: "b", "r", "s", "q" or their words in
// both languages, "<" for back; GO_ON when it is none.
enum wish screen_command(const char *answer);

// Columns that a line of text may take.
int screen_measure(void);

#endif
