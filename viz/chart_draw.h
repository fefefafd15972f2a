// chart_draw.h - gnuplot draws, away from where the charts are kept
//
// Interface: chart_draw_ready, chart_draw.
// Threads: one. Ownership: the caller frees the bytes.
#ifndef TELAR_CHART_DRAW_H
#define TELAR_CHART_DRAW_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "viz/chart_script.h"

struct chart_drawing {
    const struct chart_story *story;
    const char *folder; // for gnuplot alone; NAME.csv and NAME.summary.csv are
                        // in it
    int columns;        // of the preview; 0: there is none
    int rows;           // of the preview; 0: as many as it needs
    bool preview_only;  // no script, no pictures
    int timeout_s;      // for gnuplot
    const volatile sig_atomic_t *stop; // as in run.h
};

struct chart_pictures {
    char *script; // NAME.gp
    char *svg, *png;
    size_t svg_bytes, png_bytes;
    char *preview; // NULL: none
};

// Is gnuplot there?
bool chart_draw_ready(void);

// Draws. Blocks while gnuplot works. Returns false with one sentence in error,
// "" when it was stopped; free *pictures in any case.
bool chart_draw(const struct chart_drawing *drawing,
                struct chart_pictures *pictures, char *error,
                size_t error_size);

void chart_pictures_free(struct chart_pictures *pictures);

#endif
