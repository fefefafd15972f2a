// export_svg_parts.h - what the files export_svg*.c have from each other
//
// Interface: struct picture, picture_fill, picture_free, picture_lanes,
// picture_batons, picture_axis, picture_x.
// Threads: one. Ownership: a picture owns what it points to.
#ifndef TELAR_EXPORT_SVG_PARTS_H
#define TELAR_EXPORT_SVG_PARTS_H

#include "tools/trace/export_batons.h"
#include "tools/trace/walk.h"

enum {
    LANES_MOST = 200,   // more are not drawn, and that is said
    LABELS_MOST = 2000, // words in bars
    MARKS_MOST = 200,
    FINDINGS_MOST = 8,
    CELLS_A_PX = 2 // what lasted longest is shown in each cell
};

enum { // in px
    LEFT = 170,
    RIGHT = 24,
    TOP = 74,
    ROW = 28,
    BAR = 18,
    LETTER = 7 // a letter of 12 px, about
};

struct picture_lane {     // of one task
    unsigned char *cells; // enum model_doing + 1 of what it did most; 0: none
    double times[MODEL_DOINGS]; // in the present cell, in cells
    size_t cell;
};

struct picture_label { // what a bar waits for
    uint64_t begin, end;
    uint32_t task;
    char *text;
};

struct picture_mark {
    uint64_t time;
    uint32_t task;
    char *text;
};

struct picture {
    FILE *out;
    struct model *model;
    int width_px;
    size_t cells;               // of a lane
    uint64_t from, until;       // time
    struct picture_lane *lanes; // by task
    uint32_t lane_count;        // drawn
    uint32_t left_out;          // tasks for which there is no room
    struct picture_label *labels;
    size_t label_count, label_room;
    struct picture_mark *marks;
    size_t mark_count, mark_room;
    struct finding findings[FINDINGS_MOST];
    size_t finding_count;         // also those that find no room
    bool shown[MODEL_DOINGS + 1]; // what is in some cell
    struct batons batons;         // inferred: a lane each, above the tasks
    bool no_memory;
};

// Goes through the stretch. Returns false when memory is short.
bool picture_fill(struct picture *picture, const struct export_what *what);
void picture_free(struct picture *picture);

// The px of a time.
double picture_x(const struct picture *picture, uint64_t time);

// The lanes of batons, below them bars with what is in them; and the axis, down
// to bottom.
void picture_batons(const struct picture *picture);
void picture_lanes(const struct picture *picture);
void picture_axis(const struct picture *picture, int bottom);

#endif
