// output.h - what a program wrote, line by line in the order of writing
//
// Interface: output_of, output_print, output_free.
// Threads: no shared state. Ownership: an output owns a copy of the bytes; its
// lines point into that copy.
#ifndef TELAR_OUTPUT_H
#define TELAR_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "tools/recorder/run.h"

struct output_line {
    int stream; // 1 standard output, 2 standard error
    const char *text;
    size_t size_bytes; // without the end of line
    bool ended;        // an end of line follows
    bool order_known;  // that it stands rightly after the line above
};

struct output {
    struct output_line *lines;
    size_t count;
    char *text;
    size_t bytes[3], newlines[3]; // by stream
    bool order_recorded;
    bool unordered; // the lesson did not want the order (order=no)
};

// The lines of a run. A line that the other stream interrupts is two.
struct output output_of(const struct run_result *run);

// Prints the lines, each behind the name of its stream, within so many columns
// and at most about most_lines; leaves out the middle and says how much.
void output_print(FILE *out, const struct output *output, int columns,
                  size_t most_lines);

void output_free(struct output *output);

#endif
