// charts.h - the charts of the trace that is looked at, drawn by a child
//
// A view asks for a drawing and gets what there is; the loop (show.c) lets a
// child make what was asked for and is not there yet. Nothing ever waits.
//
// Interface: struct charts_seen, charts_see, charts_stretch, charts_asked,
// charts_tick, charts_suggest, charts_save, charts_end.
// Threads: one; there is one screen. Ownership: what is seen holds until the
// next charts_tick.
#ifndef TELAR_CHARTS_H
#define TELAR_CHARTS_H

#include "viz/chart_trace.h"

struct charts_seen {
    const char *title;   // NULL: not known yet
    const char *drawing; // lines of letters; NULL: none
    const char *trouble; // a sentence instead of a drawing, or NULL
    bool is_old;         // another one is being made
};

// What there is of the chart, drawn in so many rows and columns; what is
// missing is made from the next charts_tick on.
struct charts_seen charts_see(const struct chart_asked *asked, int rows,
                              int columns);

// What is shown of the trace: between marks A and B, else all of it.
void charts_stretch(const struct stage *stage, uint64_t *from, uint64_t *to);

// What the present view asks for.
struct chart_asked charts_asked(const struct stage *stage);

// To be called between frames: looks after the child. Returns whether it works;
// what it brought is shown by the next frame, what it kept is said.
bool charts_tick(struct stage *stage);

// A name for the files of the present chart: "run-waits.svg". Returns name.
char *charts_suggest(const struct stage *stage, char *name, size_t size);

// Makes PATH.svg, .png, .gp, .csv, .summary.csv and .facts of the present
// chart (path may end in one of these); what was not written here is not
// written over. When it is done, or why not, is said on the stage later.
// Returns false where another name may help.
bool charts_save(struct stage *stage, const char *path);

// Ends the child and forgets everything.
void charts_end(void);

#endif
