// show.c - keys in, frames out, thirty a second at most
#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "runtime/message.h"
#include "viz/charts.h"
#include "viz/display.h"
#include "viz/fate.h"
#include "viz/frame.h"
#include "viz/keys.h"
#include "viz/live.h"
#include "viz/play_stage.h"
#include "viz/save.h"
#include "viz/show.h"

enum { FRAME_MS = 33, REST_MS = 250 };

static uint64_t clock_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static bool draw(struct stage *stage, struct grid *grid)
{
    if (!stage->is_dirty)
        return true;
    if (stage->play)
        play_stage_look(stage->play);
    if (!grid_size(grid, display_rows(), display_columns()))
        return false;
    stage->rows = grid->rows;
    stage->columns = grid->columns;
    live_follow(stage, grid);
    stage->is_dirty = false;
    frame_draw(stage, grid);
    live_frame(stage, grid);
    display_show(grid);
    return true;
}

// Waits for a key and does what it says, and all that were typed behind it.
static void obey(struct stage *stage)
{
    bool saves = save_tick(stage);
    bool is_busy = stage->plays || charts_tick(stage) || saves;
    int code = display_key(is_busy ? FRAME_MS : REST_MS);

    while (code != CODE_NONE) {
        keys_press(stage, code);
        code = stage->quits ? CODE_NONE : display_key(0);
    }
}

struct tail {
    uint64_t looked; // when, last
    struct fate_watch watch;
};

// What may have been written meanwhile, a few times a second; and what became
// of the file.
static bool look_for_more(struct stage *stage, struct tail *tail, char *error,
                          size_t size)
{
    uint64_t now = clock_ns();
    enum fate fate;

    if (stage->play || now - tail->looked < REST_MS * UINT64_C(1000000))
        return true;
    tail->looked = now;
    fate = fate_look(&tail->watch, &stage->reader);
    if (tail->watch.file != FATE_CUT && !stage_refresh(stage, error, size))
        return false;
    if (fate != FATE_SAME)
        stage_say(stage, "%s", fate_words(fate));
    return true;
}

static bool run(struct stage *stage, struct grid *grid, char *error,
                size_t size)
{
    struct tail tail = {.looked = clock_ns()};
    uint64_t last = tail.looked;

    fate_begin(&tail.watch, &stage->reader);
    while (!stage->quits && display_asked_to_end() == 0) {
        uint64_t now = clock_ns();

        stage_tick(stage, now - last);
        last = now;
        if (!look_for_more(stage, &tail, error, size))
            return false;
        if (!draw(stage, grid)) {
            snprintf(error, size, "%s",
                     M("not enough memory", "no alcanza la memoria"));
            return false;
        }
        obey(stage);
    }
    return true;
}

int show_trace(struct stage *stage)
{
    struct grid grid = {0};
    char error[512];
    const char *recorded;
    bool went_well;
    int asked;

    if (!display_begin(terminal.theme, stage->large, error, sizeof error))
        return could_not("%s", error);
    went_well = run(stage, &grid, error, sizeof error);
    asked = display_asked_to_end();
    display_end();
    charts_end();
    save_end();
    recorded = live_end();
    grid_free(&grid);
    if (recorded)
        printf(M("recorded in %s\n", "grabado en %s\n"), recorded);
    if (!went_well)
        return could_not("%s", error);
    if (asked > 0) {
        signal(asked, SIG_DFL);
        raise(asked);
    }
    return asked < 0 ? 2 : 0;
}
