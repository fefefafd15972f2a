// export.h - a trace for other programs, and for people
//
// text    one aligned line an event, and behind them what is wrong
// csv     tables: events, intervals, statistics, objects (export_csv.c,
//         export_tables.c)
// chrome  JSON that ui.perfetto.dev and chrome://tracing open (export_chrome.c)
// svg     the timeline as a picture (export_svg.c)
//
// Times are since the beginning of the trace. Everything is written on the way
// through the trace: memory does not grow with it. The same trace, stretch and
// language give the same bytes.
//
// Interface: struct export_what, export_all, export_named, export_at,
// export_table, export_tables, export_file, export_names, export_of_path.
// Threads: one at a time. Ownership: nothing is kept.
#ifndef TELAR_EXPORT_H
#define TELAR_EXPORT_H

#include <stdio.h>

#include "tools/trace/findings.h"

enum {
    EXPORT_WIDTH = 1200,
    EXPORT_WIDTH_LEAST = 400,
    EXPORT_WIDTH_MOST = 8000
};

struct export_what {
    uint64_t from, until;            // time; events at both are in it
    int width_px;                    // of a picture
    const struct findings *findings; // NULL: they are looked for
};

// The whole trace.
struct export_what export_all(void);

// Writes what happened on out; model may be anywhere and is moved. Numbers have
// the point of the C locale. Errors of out are left in out. Returns 0, or
// ENOMEM.
typedef int export_writer(FILE *out, struct model *model,
                          const struct export_what *what);

struct export_format {
    const char *name;      // "csv"
    const char *extension; // "csv", without the point
    export_writer *write;
    const char *table; // "events"; what a row is about
};

// The format of that name, or NULL.
const struct export_format *export_named(const char *name);

// One after the other, from 0; NULL behind the last one.
const struct export_format *export_at(int number);

// By name and table (NULL: the usual one): "events" (each that happened),
// "intervals" (how long each task ran, was ready, blocked or asleep),
// "statistics" (a row a task), "objects" (a row an object). NULL: there is
// none.
const struct export_format *export_table(const char *name, const char *table);

// The format that a file's name asks for: "x.svg", "x.json", "x.txt", "x.csv",
// "x.statistics.csv". NULL: none of them.
const struct export_format *export_of_path(const char *path);

// The names of all formats, as "text, csv"; and of the tables of one.
const char *export_names(void);
const char *export_tables(const char *name);

// Writes to path, where whoever looks finds the old content or all of the new;
// path NULL: to standard output. is_new: what stands at path stays (EEXIST).
// Returns 0 or an error number (ENOSPC...).
int export_file(const struct export_format *format, struct model *model,
                const struct export_what *what, const char *path, bool is_new);

#endif
