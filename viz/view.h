// view.h - the table of views: what each shows, and how it is drawn
//
// Interface: struct view, views, view_count, view_named, view_words.
// Threads: one. Ownership: constants.
#ifndef TELAR_VIEW_H
#define TELAR_VIEW_H

#include "viz/stage.h"

struct view {
    const char *word; // on the command line: "timeline"
    const char *english, *spanish;
    // Draws stage into the area, all of which was empty before.
    void (*draw)(const struct stage *stage, struct grid *grid,
                 struct area area);
    // Up and down (by -1 or 1), left and right, where they mean something of
    // its own; NULL, or false: they do not.
    bool (*move)(struct stage *stage, int by);
    bool (*turn)(struct stage *stage, int by);
};

extern const struct view views[];
extern const int view_count;

// The number of the view of that name; -1: there is none. "timeline, locks,
// ...": those of a trace.
int view_named(const char *word);
const char *view_words(void);

// One for each file view_*.c.
void view_timeline(const struct stage *, struct grid *, struct area);
void view_locks(const struct stage *, struct grid *, struct area);
void view_factory(const struct stage *, struct grid *, struct area);
void view_pipe(const struct stage *, struct grid *, struct area);
void view_heap(const struct stage *, struct grid *, struct area);
void view_code(const struct stage *, struct grid *, struct area);
void view_statistics(const struct stage *, struct grid *, struct area);
void view_play(const struct stage *, struct grid *, struct area);
void view_charts(const struct stage *, struct grid *, struct area);
bool view_charts_move(struct stage *, int by);
bool view_charts_turn(struct stage *, int by);
bool view_statistics_move(struct stage *, int by);
bool view_timeline_move(struct stage *, int by);

// Is it only there while a game is played? Then it has no details below.
static inline bool view_plays(int view)
{
    return views[view].draw == view_play;
}

#endif
