// deck.h - the slides of the course, read and checked
//
// A topic is slides/NN_topic.es.md and NN_topic.en.md, in the format of a
// lesson (tools/player/lesson.h), of which it takes these:
//
//     # 04 · The heap           the slide that opens the topic, and its text
//     <!-- telar: step id=NAME -->
//     ## Title                  a slide; one whose title ends in "?" asks
//     <!-- telar: show file=F [mark=M] [lines=N | to=M2] -->
//                               code of the lesson, as in a lesson
//     <!-- telar: plot chart=NAME -->
//                               a chart of the lesson
//     <!-- telar: note --> ... <!-- telar: end -->
//                               for who speaks
//
// In titles, text and notes {CHART.FIGURE} is what was measured; FIGURE is what
// stands in braces in the title of a chart (tools/course/figure.h):
// {which_hole.best_percent}, {which_hole.median:percent:best:1024}. In code
// braces are braces. Every figure of one language is in the other.
//
// Interface: struct deck, deck_read, deck_free, deck_fail; deck_figure_next,
// deck_figure_take.
// Threads: one. Ownership: a deck owns all that is in it.
#ifndef TELAR_DECK_H
#define TELAR_DECK_H

#include <stdbool.h>
#include <stddef.h>

#include "tools/course/figure.h"
#include "tools/player/lesson.h"
#include "viz/plot_work.h"

enum deck_language { DECK_ENGLISH, DECK_SPANISH, DECK_LANGUAGES };
extern const char *const deck_languages[DECK_LANGUAGES]; // "en", "es"

enum {
    EXCERPT_LINES = 12,   // of code on a slide: half of it
    EXCERPT_COLUMNS = 80, // that fit beside each other
    SLIDE_SOURCE_BYTES = 1 << 20
};

struct deck_chart {
    char *name;
    struct plot_work work;     // what was measured; empty until it is loaded
    char *svg[DECK_LANGUAGES]; // NULL until it is loaded
    char *title[DECK_LANGUAGES];
};

struct deck_topic {
    char *name; // "04_heap"
    struct lesson text[DECK_LANGUAGES];
    int code_lines[STEP_LIMIT]; // on each slide: the same in both languages
    struct deck_chart *charts;  // that its slides show or take figures from
    size_t chart_count;
};

struct deck {
    struct deck_topic *topics;
    size_t topic_count;
};

// Reads every topic that has a lesson and checks what can be checked before
// anything is measured. Returns false with what is wrong said, FILE:LINE first.
// deck_free in any case.
bool deck_read(struct deck *deck);
void deck_free(struct deck *deck);

// Says it on standard error. Returns false, for "return deck_fail(...)".
bool deck_fail(const struct lesson *text, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// The next "{" of text that is in no code, or its end. text begins in none.
const char *deck_figure_next(const char *text);

// Takes the figure at *at, which is its "{", and moves *at behind it. Returns
// false when there is none.
bool deck_figure_take(const char **at, char chart[FIGURE_NAME_SIZE],
                      struct figure *figure);

#endif
