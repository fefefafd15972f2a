// stage.h - what is looked at, and how: the one state behind all views
//
// The model stands at position; now is the time shown, at or after that of the
// last event that happened. Views draw from it and change nothing; keys
// (keys.h) change it and draw nothing.
//
// Interface: struct stage, stage_open, stage_close, stage_refresh,
// stage_go_time, stage_go_event, stage_step, stage_tick, stage_zoom,
// stage_pan, stage_select, stage_lanes, stage_say, stage_find, stage_blocker.
// Threads: one. Ownership: a stage owns its reader, model and lanes.
#ifndef TELAR_STAGE_H
#define TELAR_STAGE_H

#include "tools/trace/baton.h"
#include "tools/trace/blocks.h"
#include "tools/trace/flows.h"
#include "tools/trace/survey.h"
#include "viz/grid.h"

enum grouping { BY_THREAD, BY_PROCESS, BY_COROUTINE, BY_CPU, GROUPINGS };

enum prompt {
    NO_PROMPT,
    PROMPT_SEARCH,
    PROMPT_FILTER,
    PROMPT_EXPORT,
    PROMPT_THREAD, // of a game, with the next two
    PROMPT_CHANCE,
    PROMPT_CONTINUE
};

enum { JUMPS = 16, LINE_BYTES = 256, SPEED_MIN = -2, SPEED_MAX = 6 };

struct stage {
    const char *path;
    struct play_stage *play; // who plays (play_stage.h); NULL: it is a trace
    struct reader reader;
    struct model model;
    struct lanes lanes;
    struct findings findings;
    struct batons batons;
    struct flows flows;
    struct blocks blocks;
    struct tracks coroutines;
    uint32_t *places;   // tasks, those of a process together; lanes.count - 1
    const char **given; // names of objects by the end of the trace ("": none)
    struct {
        size_t events;           // that batons to coroutines were made of
        uint64_t at_ns, took_ns; // when, and how long that took
    } inferred;
    uint32_t source; // enum trace_source of the whole trace, 0: nobody said

    uint64_t now;
    bool follows; // stays at the end while the trace grows
    bool plays;
    int speed;          // times 2 to the power of it
    uint64_t left_over; // of the last tick, not yet shown (see stage_tick)

    uint64_t from, length; // the window of time, in units of the clock
    uint32_t selected;     // task
    uint32_t jumps[JUMPS]; // tasks to come back to
    int jump_count;
    struct {
        bool is_set;
        uint64_t time;
    } marks[2];
    enum grouping grouping;
    size_t finding; // shown last, from 1
    int view;       // index in views (view.h)
    int scroll;     // pages of the help
    int row;        // chosen in views that list something but tasks
    int chart;      // enum trace_chart (chart_trace.h)
    int order;      // enum statistics_order (statistics.h)
    char search[64], filter[64];

    enum prompt prompt;
    char line[64];            // typed so far
    char message[LINE_BYTES]; // said once, until the next key
    bool helps, quits;
    bool asks_by_hand, goes_on_by_hand; // by_hand.h
    int rows, columns;                  // of the screen, drawn last
    bool large;                         // layout for a projector
    bool records;                       // the screen into a file (show.c)
    bool is_dirty;                      // the screen has to be drawn
};

// Opens the trace at path (which must stay). Returns false with a sentence in
// error; nothing is left to close then.
bool stage_open(struct stage *stage, const char *path, char *error,
                size_t error_size);
void stage_close(struct stage *stage);

// Takes in what was written since. Returns false with a sentence in error when
// the trace can no longer be read; what was read stays.
bool stage_refresh(struct stage *stage, char *error, size_t error_size);

// To that time (kept within the trace), to where so many events have happened,
// and so many events on or back. The window follows.
void stage_go_time(struct stage *stage, uint64_t time);
void stage_go_event(struct stage *stage, size_t position);
void stage_step(struct stage *stage, long by);

// So much wall-clock time has passed: while it plays, time goes on. At speed 0
// (1x) a window takes ten seconds.
void stage_tick(struct stage *stage, uint64_t passed_ns);

// The window becomes so many times 2^by shorter, or moves by so many eighths.
void stage_zoom(struct stage *stage, int by);
void stage_pan(struct stage *stage, int eighths);

// Selects the next task shown below (by 1) or above (by -1); with 0, some task
// that is shown.
void stage_select(struct stage *stage, int by);

// Is the task shown, as the filter and what there is of it say?
bool stage_shows(const struct stage *stage, uint32_t task);

// The tasks shown, in their order: at most room of them; returns how many.
uint32_t stage_tasks(const struct stage *stage, uint32_t *tasks, uint32_t room);

// The next (or by -1 the previous) event whose words contain stage->search.
// Returns false when there is none.
bool stage_find(struct stage *stage, int by);

// Who keeps task from going on: model_blocker, or who has the baton (baton.h)
// that it waits for, which is then in *baton unless that is NULL. 0: nobody.
uint32_t stage_blocker(const struct stage *stage, uint32_t task,
                       const struct baton **baton);

// The begin of a span or of a wait of the selected task nearest to now: where
// marks snap.
uint64_t stage_edge(const struct stage *stage);

// A message for the last line, until the next key.
void stage_say(struct stage *stage, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
