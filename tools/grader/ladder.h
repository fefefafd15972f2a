// ladder.h - a result as a student reads it
//
// Interface: ladder_print, ladder_text.
// Threads: one. Ownership: nothing is handed over.
#ifndef TELAR_LADDER_H
#define TELAR_LADDER_H

#include <stdio.h>

#include "tools/grader/result.h"

// The promises level by level, what is to be said of the first that are broken,
// the points, the next thing to do. Plain or coloured as terminal.h was set up.
void ladder_print(FILE *out, const struct result *result);

// Prints text, which may be a stranger's, indented and broken into lines that
// fit; a line that begins with a blank is left as it is.
void ladder_text(FILE *out, const char *text, int indent);

#endif
