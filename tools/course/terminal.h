// terminal.h - what may be shown to a person, and how
//
// Interface: terminal_setup, terminal_width, terminal_is_ascii, style,
// print_printable, terminal_written.
// Threads: call from one thread. Ownership: nothing is handed over.
#ifndef TELAR_TERMINAL_H
#define TELAR_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum theme { THEME_DARK, THEME_LIGHT, THEME_NONE };

struct terminal {
    bool plain;        // linear text: no escape sequence at all
    bool ascii;        // no UTF-8 beyond the letters of the language
    enum theme theme;  // which colours are legible
    int width_columns; // what a line may take, at most 100
};
extern struct terminal terminal;

// Looks at standard output: plain when told so, when it is no terminal, when
// TERM is unset or "dumb"; no colours when NO_COLOR is set and not empty; the
// theme from name ("dark", "light", "none"), else from TELAR_THEME, else dark.
// Returns false when name is none of them.
bool terminal_setup(bool plain, const char *theme);

// The columns of standard output now (80 where nobody knows), at least 20.
int terminal_width(void);

// Whether only ASCII may be shown: when told so, when TELAR_ASCII is set to
// anything but 0, or else (and not with 0) when the locale's characters are not
// UTF-8, as LC_ALL, LC_CTYPE or LANG, the first that is set, says.
bool terminal_is_ascii(bool told);

// What a passage means; the colours are Okabe and Ito's, each with bold or a
// sign as well, since colour alone reaches not everybody.
enum meaning {
    PLAIN_TEXT,
    TITLE,
    GOOD,
    BAD,
    WARNING,
    QUIET,
    STRONG,
    ON_STDOUT,
    ON_STDERR,
};

// The escape sequence that begins such a passage (style(PLAIN_TEXT) ends it),
// or "" where there must be none.
const char *style(enum meaning meaning);

// Writes bytes of a stranger so that the terminal shows and does nothing else:
// control characters but newline and tab as \x1b, what is no UTF-8 as \xff.
void print_printable(FILE *out, const char *bytes, size_t size);

// For the end of a program: status, once all of standard output is written; 2
// where that failed, with a line that says why.
int terminal_written(int status);

#endif
