// export.h - a trace for other programs
//
// Interface: export_named, export_table, export_file, export_names.
// Threads: one at a time. Ownership: nothing is kept.
#ifndef TELAR_EXPORT_H
#define TELAR_EXPORT_H

#include <stdio.h>

#include "tools/trace/model.h"

// Writes what happened on out; model may be anywhere and is moved. Numbers have
// the point of the C locale. Errors of out are left in out.
typedef void export_writer(FILE *out, struct model *model);

struct export_format {
    const char *name;      // "csv"
    const char *extension; // "csv", without the point
    export_writer *write;  // NULL: named, but not in this version
    const char *table;     // "events"; what a row is about
};

// The format of that name, or NULL.
const struct export_format *export_named(const char *name);

// The same for a table: "events" (each that happened) or "intervals" (how long
// each task ran, was ready, blocked or asleep). NULL when there is none.
const struct export_format *export_table(const char *name, const char *table);

// The names of all formats that can be written, as "text, csv".
const char *export_names(void);

// Writes to path, where whoever looks finds the old content or all of the new;
// path NULL: to standard output. Returns 0 or an error number (ENOSPC...).
int export_file(const struct export_format *format, struct model *model,
                const char *path);

#endif
