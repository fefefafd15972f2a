// chart_bars.h - shares of a whole as bars of letters, a row each
//
// gnuplot's letters round the edge of a bar into the row of the next one; here
// a row belongs to one bar. Where there are more bars than rows, those that
// must be shown come first, then in their order.
//
// Interface: struct bar, struct bars, bars_draw.
// Threads: one. Ownership: all is the caller's.
#ifndef TELAR_CHART_BARS_H
#define TELAR_CHART_BARS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { BAR_PARTS = 8 };

struct bar {
    char name[40];
    double percent[BAR_PARTS]; // of each part, 100 together
    bool must_show;
};

struct bars {
    struct bar *all;
    int count, parts;
    struct {
        uint32_t sign; // Unicode
        const char *words;
    } part[BAR_PARTS];
};

// So many rows of so many columns at most: what the signs mean, the bars, how
// many there are besides, the scale. Nothing where there is no room for a bar.
void bars_draw(FILE *out, const struct bars *bars, int rows, int columns);

#endif
