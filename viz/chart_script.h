// chart_script.h - the gnuplot script that draws a chart, complete in itself
//
// Before the lesson's own script it sets, so that all charts look alike:
//
//   raw, summary             the names of the two CSV files
//   title, label_x, label_MEASURE, series_KEY, fact_NAME, lang, preview
//   series                   the keys, parted by spaces; series number i has
//                            linetype i, and
//   name(i)                  its legend
//   row(i, 'MEASURE')        x where a line of summary is of it, else not a
//                            number; 4, 5, 6 and 7 are median, low, high, count
//   raw_row(i)               the same of raw, whose column col_MEASURE it is
//                            (never in the preview: points would hide medians)
//   size(n)                  n bytes in words: 512 B, 64 KiB, 1 MiB
//   blue vermillion green orange sky purple black yellow; faint(i)
//                            Okabe and Ito (2008); the same, half transparent
//
// and the look: title, label of x, legend, grid, decimal sign, fonts. A script
// adds the scales, the label of y and the plot (a backslash ends each line of
// it but the last):
//
//     set logscale xy
//     set ylabel label_ns
//     plot for [i=1:words(series)] raw using (raw_row(i)):(column(col_ns))
//              with points lt i ps 0.6 lc rgb faint(i) notitle,
//          for [i=1:words(series)] summary using (row(i, 'ns')):4:5:6
//              with yerrorlines lt i title name(i)
//
// Interface: chart_script_pictures, chart_script_preview.
// Threads: no shared state. Ownership: the caller frees the script.
#ifndef TELAR_CHART_SCRIPT_H
#define TELAR_CHART_SCRIPT_H

#include "tools/course/chart.h"
#include "tools/player/facts.h"
#include "viz/chart_rows.h"

struct chart_story {
    const struct chart *chart;
    const struct chart_rows *rows;
    const struct facts *facts; // of the run
    const char *title;         // its figures in place
    bool untitled;             // the picture is for a page that says it
};

// Draws NAME.svg and NAME.png in the current folder, where NAME.csv and
// NAME.summary.csv are. *first_line gets the line (from 1) at which the
// lesson's script begins.
char *chart_script_pictures(const struct chart_story *story, int *first_line);

// Draws the chart in letters on standard output.
char *chart_script_preview(const struct chart_story *story, int columns,
                           int rows, int *first_line);

#endif
