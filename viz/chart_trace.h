// chart_trace.h - what a trace measured, as charts: the same kind of script
// and rows that a lesson's chart has (tools/course/chart.h, viz/chart_rows.h)
//
// waits        how long waits for each lock, queue... took: which share of them
//              was at most so long, and the median with its interval
// shares       how each task spent its time
// concurrency  how many tasks run, are ready, blocked, over time
// fill         what is in a queue or a pipe, over time
// heap         what a process has allocated, over time, and its largest hole
//
// Interface: enum trace_chart, TRACE_CHARTS, trace_chart_names,
// struct chart_asked, struct chart_draft, chart_draft_of, chart_draft_free.
// Threads: one. Ownership: a draft owns its texts.
#ifndef TELAR_CHART_TRACE_H
#define TELAR_CHART_TRACE_H

#include <stdio.h>

#include "viz/stage.h"

enum trace_chart {
    CHART_WAITS,
    CHART_SHARES,
    CHART_CONCURRENCY,
    CHART_FILL,
    CHART_HEAP,
    TRACE_CHARTS
};

extern const struct trace_chart_name {
    const char *file; // "waits": also its series of files
    const char *english, *spanish;
} trace_chart_names[TRACE_CHARTS];

struct chart_asked {
    enum trace_chart kind;
    const char *name;  // of its files; NULL: that of its kind
    uint64_t from, to; // time
    size_t flow;       // FILL: index in stage->flows
    uint32_t pid;      // HEAP: the process
    int slices;        // of the time, at most: in letters; 0: for a picture
    int rows, columns; // of a drawing in letters; 0: none is wanted
};

struct chart_draft {
    char *script; // header and what gnuplot does, for chart_parse
    char *rows;   // CSV, for chart_rows_parse
    size_t rows_bytes;
    char *facts;   // lines "fact NAME VALUE"
    char *letters; // drawn already in the rows and columns asked for; "": not
};

// Measures. Moves the model. Returns false with a sentence in why where there
// is nothing to be drawn; nothing is to be freed then.
bool chart_draft_of(struct stage *stage, const struct chart_asked *asked,
                    struct chart_draft *draft, char *why, size_t why_size);
void chart_draft_free(struct chart_draft *draft);

#endif
