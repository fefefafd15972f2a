// wrap.h - a long line becomes lines of so many columns
//
// Interface: wrap_columns, wrap_fit, wrap_fit_words, wrap_line, wrap_rooms.
// Threads: no shared state. Ownership: nothing is handed over.
#ifndef TELAR_WRAP_H
#define TELAR_WRAP_H

#include <stddef.h>
#include <stdio.h>

// The columns of so many bytes of UTF-8: a character takes one, an escape
// sequence that ends in m none.
int wrap_columns(const char *text, size_t length);

// The bytes of text (no escape sequence in it) that fit in so many columns; cut
// in front of a space where that can be, and then one character at least.
size_t wrap_fit(const char *text, int columns);
size_t wrap_fit_words(const char *text, int columns);

// Writes a line without its newline, broken at spaces where it would pass so
// many columns, each further line behind hang; a newline ends each. A look
// (escape sequences) goes on behind hang. A word that is longer stays whole,
// and no line ends at a no-break space.
void wrap_line(FILE *out, const char *line, size_t length, int columns,
               const char *hang);

// Writes text (no escape sequence in it) in lines, a newline behind each: the
// first has room for so many columns, the next ones, behind indent spaces, for
// rest. A word that is longer than a line is cut.
void wrap_rooms(FILE *out, const char *text, int first, int indent, int rest);

#endif
