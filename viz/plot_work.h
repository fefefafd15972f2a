// plot_work.h - one chart in the making: what it says, its files, its pictures
//
// Interface: struct plot_work, plot_fail, plot_path, plot_folder,
// plot_command, plot_command_line, plot_understand, plot_keep_measured,
// plot_entitle, plot_make_pictures, plot_work_free, plot_measurement_free;
// struct plot_given, plot_given.
// Threads: one. Ownership: a work owns all but its options and its output.
#ifndef TELAR_PLOT_WORK_H
#define TELAR_PLOT_WORK_H

#include "viz/chart_summary.h"
#include "tools/course/chart.h"
#include "tools/player/facts.h"
#include "viz/plot.h"
#include "viz/plot_measure.h"

enum { PLOT_ERROR_SIZE = 2048 };

struct plot_work {
    const struct plot_options *options;
    const char *lesson; // "03_buffers"
    const char *output; // a folder: where it is kept
    int *folders;       // how many were made in the scratch folder so far
    bool is_given;      // measured elsewhere; nothing is printed
    char *origin;       // content of NAME.measured; NULL: nobody knows
    struct chart chart;
    struct measurement measured;
    struct facts facts;
    struct chart_rows rows;
    struct chart_summary summary;
    char *title;
    char error[PLOT_ERROR_SIZE]; // "": a signal stopped us
};

// Keeps the reason. Returns false, for "return plot_fail(...)".
bool plot_fail(struct plot_work *work, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// FOLDER/NAMEENDING; a new folder in the scratch folder (NULL: plot_fail said
// why). The caller frees both.
char *plot_path(const struct plot_work *work, const char *folder,
                const char *ending);
char *plot_folder(struct plot_work *work, const char *what);

// What measures, and where the chart says so.
const char *plot_command(const struct plot_work *work);
int plot_command_line(const struct plot_work *work);

// From what was measured to rows, facts and summary; into the files of
// numbers; to the title; into the pictures, and what is printed. Each needs the
// one before it. Return false where plot_fail said why.
bool plot_understand(struct plot_work *work);
bool plot_keep_measured(struct plot_work *work);
bool plot_entitle(struct plot_work *work);
bool plot_make_pictures(struct plot_work *work);

void plot_measurement_free(struct measurement *measurement);
void plot_work_free(struct plot_work *work);

// A chart whose measurements are there already: a trace's (chart_trace.h).
struct plot_given {
    const char *name;   // of the chart and its files
    const char *script; // with its header
    const char *rows;   // CSV
    size_t rows_bytes;
    const char *facts;         // lines "fact NAME VALUE"
    const char *output;        // a folder for all its files; NULL: none of
    int columns, preview_rows; // them, but a drawing in letters of this size
    int timeout_s;             // for gnuplot
};

// Makes it, and says nothing. The title and, where output is NULL, the drawing
// (NULL without gnuplot) are the caller's to free. Blocks; stop_signal ends it.
// Returns false with a sentence in error ("" when it was stopped); *title may
// be there even so.
bool plot_given(const struct plot_given *given, char **title, char **drawing,
                char *error, size_t error_size);

#endif
