// chart.h - a chart of a lesson: what its header says
//
// A chart is lessons/NN_topic/NAME.gp. Its first comment lines are its header:
//
//     # NAME.gp - what it shows, in one sentence
//     # program: PROG [ARG...]   measures; a program of the lesson
//     # quick: PROG [ARG...]     the same within 1 or 2 seconds
//     # title.en: ... {fact} ... {median:MEASURE:SERIES:X} ...
//     # title.es: ...            both state the result (figure.h)
//     # x.en: ...                what the axis shows, with its unit
//     # x.es: ...
//     # MEASURE.en: ...          the same for each measure
//     # MEASURE.es: ...
//     # series.KEY.en: ...       the legend of each series
//     # series.KEY.es: ...
//
// A comment line that does not begin with "KEY:" is for the reader of the
// script. The header ends where a line is no comment; the rest is gnuplot's
// (viz/chart_script.h says what it finds there).
//
// Interface: chart_list, chart_read, chart_parse, chart_free, chart_text,
// chart_line, chart_series, chart_measure.
// Threads: no shared state. Ownership: a chart owns its strings.
#ifndef TELAR_CHART_H
#define TELAR_CHART_H

#include <stdbool.h>
#include <stddef.h>

enum {
    CHART_LIMIT_BYTES = 1 << 18,
    CHART_TEXT_LIMIT = 64,  // texts of a header
    CHART_NAME_LIMIT = 40,  // characters of a series or a measure
    CHART_VALUE_LIMIT = 400 // characters of a text
};

struct chart_text {
    char *key;     // "title", "x", "series.read", "ns_per_byte"
    char *text[2]; // English, Spanish
    int line[2];
};

struct chart {
    char *path;            // as messages say it
    char *name;            // "calls"
    char *script;          // the whole file, the header too
    char *program, *quick; // a command each
    int program_line, quick_line;
    struct chart_text texts[CHART_TEXT_LIMIT];
    size_t text_count;
};

// The names of the charts of lesson "03_buffers", sorted; an array that
// course_free frees. Returns their number.
size_t chart_list(const char *lesson, char ***names);

// Reads one. Returns false with "FILE:LINE: what is wrong" in error, and *chart
// then needs no chart_free.
bool chart_read(const char *lesson, const char *name, struct chart *chart,
                char *error, size_t error_size);

// The same of text; path and name are copied.
bool chart_parse(const char *path, const char *name, const char *text,
                 struct chart *chart, char *error, size_t error_size);

void chart_free(struct chart *chart);

// The text of "title", "x", "series.KEY" or a measure in the language of
// message.h, and where it stands; NULL and 0 when there is none.
const char *chart_text(const struct chart *chart, const char *key);
int chart_line(const struct chart *chart, const char *key);

// The key of series number n, in the order of the header (0 is the first), and
// the name of measure number n; NULL behind the last.
const char *chart_series(const struct chart *chart, size_t n);
const char *chart_measure(const struct chart *chart, size_t n);

#endif
