// wrap.h - a long line becomes lines of so many columns
//
// Interface: wrap_columns, wrap_line.
// Threads: no shared state. Ownership: nothing is handed over.
#ifndef TELAR_WRAP_H
#define TELAR_WRAP_H

#include <stddef.h>
#include <stdio.h>

// The columns of so many bytes of UTF-8: a character takes one, an escape
// sequence that ends in m none.
int wrap_columns(const char *text, size_t length);

// Writes a line without its newline, broken at spaces where it would pass so
// many columns, each further line behind hang; a newline ends each. A look
// (escape sequences) goes on behind hang. A word that is longer stays whole, and
// so does a number with its " %".
void wrap_line(FILE *out, const char *line, size_t length, int columns,
               const char *hang);

#endif
