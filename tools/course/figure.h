// figure.h - a figure that the title of a chart names
//
//     {wait_ns}                   a fact that the program said
//     {median:MEASURE:SERIES:X}   of a summary (viz/summary.h): median, low and
//                                 high (its 95 % interval), count, or x
//     {A/B}                       the quotient of two of these
//
// X is a number, or first, last (the smallest and the largest x of the series),
// lowest, highest (the x with the lowest, the highest median). {x:M:S:lowest}
// is the x where the median of M is the lowest.
//
// Interface: figure_take.
// Threads: no shared state. Ownership: names are copied.
#ifndef TELAR_FIGURE_H
#define TELAR_FIGURE_H

#include <stdbool.h>

enum { FIGURE_NAME_SIZE = 64 };

struct figure_term {
    char name[FIGURE_NAME_SIZE];    // a fact, or "median", "low", ...
    char measure[FIGURE_NAME_SIZE]; // "" when it is a fact
    char series[FIGURE_NAME_SIZE];
    char x[FIGURE_NAME_SIZE];
};

struct figure {
    struct figure_term above, below;
    bool quotient; // else below says nothing
};

// Takes the figure at *at, which is its "{", and moves *at behind its "}".
// Returns false when there is none.
bool figure_take(const char **at, struct figure *figure);

#endif
