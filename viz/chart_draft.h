// chart_draft.h - what the makers of a trace's charts have in common
//
// Interface: struct drafting, draft_text, draft_series, draft_name,
// draft_unit, draft_time, draft_nothing; draft_waits, draft_shares,
// draft_concurrency, draft_fill, draft_heap.
// Threads: one. Ownership: a drafting is its caller's.
#ifndef TELAR_CHART_DRAFT_H
#define TELAR_CHART_DRAFT_H

#include "viz/chart_trace.h"

struct drafting {
    struct stage *stage;
    const struct chart_asked *asked;
    FILE *script, *rows, *facts, *letters;
    char *why;
    size_t why_size;
};

// A line of the header in both languages: "title", "x", the name of a measure.
// The texts may hold anything; braces are figures in a title alone.
void draft_text(struct drafting *draft, const char *key, const char *english,
                const char *spanish);
void draft_series(struct drafting *draft, const char *key, const char *name);
void draft_fact(struct drafting *draft, const char *name, uint64_t value);

// A stranger's name as it may stand in a header: one line of printable UTF-8
// without braces, at most NAME_MOST characters. Returns text.
enum { DRAFT_NAME_MOST = 28, DRAFT_NAME_SIZE = 4 * DRAFT_NAME_MOST + 8 };
char *draft_name(char text[DRAFT_NAME_SIZE], const char *name);

// The unit in which a duration (in units of the clock) is read best.
struct draft_unit {
    const char *english, *spanish; // "ms"; "steps", "pasos"
    double size;                   // in units of the clock
};
struct draft_unit draft_unit(const struct stage *stage, uint64_t duration);

// The same of bytes.
struct draft_unit draft_size_unit(uint64_t bytes);

// Says why there is no chart. Returns false.
bool draft_nothing(struct drafting *draft, const char *sentence);

// The times at which a stretch is looked at: its begin, its end, and at equal
// distances between them; at most DRAFT_SLICES + 1, each once.
enum { DRAFT_SLICES = 240 };
int draft_slices(const struct chart_asked *asked);
uint64_t draft_slice(const struct chart_asked *asked, int slices, int i);

// x.en and x.es: the time since the beginning of the trace; its unit.
struct draft_unit draft_time(struct drafting *draft);

// Where the legend stands: in letters above, in a picture at the right, so that
// neither the title nor what is drawn is ever under it, however many there are.
// What y is stands upright beside a picture, and in letters behind what x is.
// In letters a name has room before it, or the sign of the one before touches
// it.
#define DRAFT_KEY                                                              \
    "key_font = preview ? '' : sprintf(',%d', 0.65 * title_size)\n"            \
    "key_name(text) = preview ? '  '.text : text\n"                            \
    "if (preview) {\n"                                                         \
    "    set key outside top center horizontal\n"                              \
    "    set xlabel x_words.'   y: '.y_words\n"                                \
    "} else {\n"                                                               \
    "    set xlabel x_words\n"                                                 \
    "    set ylabel y_words\n"                                                 \
    "    set key outside right center vertical Left reverse\n"                 \
    "    set key samplen 1.5 width 0 font key_font\n"                          \
    "    set rmargin -1\n"                                                     \
    "    set tmargin lines > 1 ? 4.3 : 2.8\n"                                  \
    "}\n"

// One for each chart. False: draft_nothing said why.
bool draft_waits(struct drafting *draft);
bool draft_shares(struct drafting *draft);
bool draft_concurrency(struct drafting *draft);
bool draft_fill(struct drafting *draft);
bool draft_heap(struct drafting *draft);

#endif
