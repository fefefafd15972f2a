// source.h - lines of source files, found by the names that stand in a trace
//
// A trace says "file.c:12" without a folder: it is looked for beside the trace,
// in the present folder, where source_look_in says, and among the lessons, labs
// and solutions, if only one of them has that name.
//
// Interface: source_split, source_look_in, source_look_beside, source_line,
// source_lines, source_forget.
// Threads: one at a time. Ownership: what is returned belongs to this file and
// holds until source_forget.
#ifndef TELAR_SOURCE_H
#define TELAR_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

// Cuts "file.c:12" into "file.c", in file, and 12. Returns false when place is
// none.
bool source_split(const char *place, char *file, size_t size, int *line);

// Until source_forget: in that folder, or in the one where the file at path
// is, too. A copy is kept.
void source_look_in(const char *folder);
void source_look_beside(const char *path);

// Line number (from 1) of that file, without its newline, in text. Returns
// false when there is no such file or line. trace: path of the trace.
bool source_line(const char *trace, const char *file, int number, char *text,
                 size_t size);

// How many lines it has; 0: it was not found.
int source_lines(const char *trace, const char *file);

void source_forget(void);

#endif
