// plot.h - the charts of a lesson, measured on this machine
//
// Of each chart NAME, in the output folder: NAME.csv (what was measured),
// NAME.summary.csv (medians), NAME.facts (lines "fact NAME VALUE" of the run
// and of the summary), NAME.gp (gnuplot draws the pictures again from these),
// NAME.svg, NAME.png, and NAME.measured (measured.h). Each is there whole or
// not at all; a picture is there only beside the measurements that it shows.
//
// Interface: plot_lesson, plot_all.
// Threads: one. Ownership: the options are only read.
#ifndef TELAR_PLOT_H
#define TELAR_PLOT_H

#include <stdbool.h>
#include <stddef.h>

struct plot_options {
    const char *lesson;  // "03", "buffers"
    char *const *charts; // their names; none: all of the lesson
    size_t chart_count;
    const char *from;   // a folder with NAME.csv: nothing is measured; or NULL
    const char *output; // a folder, or NULL: build/charts/NN_topic
    bool quick;         // the short measurement
    bool plain;         // no picture made of letters
    bool brief;         // the names of the files are not said
    bool quiet;         // nothing on standard output
    bool untitled;      // the pictures are for a page that says the title
    int timeout_s;      // for the program; 0: as long as is usual
    int columns;        // of what is printed
};

// Measures, draws and prints each chart. Blocks for as long as measuring takes;
// stop_signal (tools/player/stop.h) ends it early. Returns the exit status: 0,
// or 2 when a chart could not be made, said on standard error.
int plot_lesson(const struct plot_options *options);

// The same of every lesson that has charts; the options name none.
int plot_all(const struct plot_options *options);

#endif
