// chart_rows.h - the rows that a program measured, read from its CSV
//
//     series,x,ns_per_byte,calls
//     read,1,301.5,65536
//
// A header, then a row for each single measurement: the name of a series, and
// finite decimal numbers. Names are small letters, digits and _. Every row ends
// in a newline, so that one cut off is not taken for a smaller number. Nothing
// is quoted. It comes from other people's programs: whatever is wrong is
// refused.
//
// Interface: chart_rows_parse, chart_rows_free.
// Threads: no shared state. Ownership: rows own a copy of everything.
#ifndef TELAR_CHART_ROWS_H
#define TELAR_CHART_ROWS_H

#include <stdbool.h>
#include <stddef.h>

enum {
    ROWS_LIMIT_BYTES = 16 << 20,
    ROWS_LIMIT = 50000, // as many points as a picture can bear
    ROW_SERIES_LIMIT = 32,
    ROW_MEASURE_LIMIT = 16
};

struct chart_rows {
    char *text; // that the names point into
    const char *series[ROW_SERIES_LIMIT];
    size_t series_count; // in the order in which they come first
    const char *measures[ROW_MEASURE_LIMIT];
    size_t measure_count;
    size_t *series_of; // of each row
    double *cells;     // of each row: x, then its measures
    size_t count;
};

// Returns false with "line N: what is wrong" in error, and *rows then needs no
// chart_rows_free.
bool chart_rows_parse(const char *text, size_t size, struct chart_rows *rows,
                      char *error, size_t error_size);

void chart_rows_free(struct chart_rows *rows);

#endif
