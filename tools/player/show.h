// show.h - code by its mark, never by its line number
//
// Interface: show_cut, show_line, show_print.
// Threads: no shared state. Ownership: source is only read; a cut is indices.
#ifndef TELAR_SHOW_H
#define TELAR_SHOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct cut {
    int first_line, last_line; // from 1, both shown
};

// Which lines of source are meant (lesson.h, "show"); mark, to: NULL and
// lines: 0 where not said. Returns false, with the reason in error, when a mark
// is not there or is there twice.
bool show_cut(const char *source, const char *mark, const char *to, int lines,
              struct cut *cut, char *error, size_t error_size);

// Line number of source, *length bytes without its mark; from *code on they are
// a comment.
const char *show_line(const char *source, int number, size_t *length,
                      size_t *code);

// Prints these lines under the name of their file, with their numbers and
// without marks.
void show_print(FILE *out, const char *name, const char *source,
                struct cut cut);

#endif
