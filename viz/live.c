// live.c - a recording that goes on while the viewer is used
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "runtime/message.h"
#include "tools/course/error_words.h"
#include "tools/course/terminal.h"
#include "viz/cast.h"
#include "viz/live.h"

enum { NAMES = 1000, NAME_BYTES = 256 };

static struct cast cast;
static bool is_on;
static uint64_t began_ns;
static char name[NAME_BYTES];

static uint64_t clock_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static uint64_t since_begin(void)
{
    return clock_ns() - began_ns;
}

static bool open_one(const struct stage *stage, const struct grid *grid)
{
    const char *slash = strrchr(stage->path, '/');
    const char *base = slash ? slash + 1 : stage->path;

    for (int i = 1; i <= NAMES; i++) {
        snprintf(name, sizeof name, "%.200s-%d.cast", base, i);
        if (cast_begin(&cast, name, true, terminal.theme, stage->large,
                       grid->rows, grid->columns))
            return true;
        if (errno != EEXIST)
            return false;
    }
    return false;
}

static void begin(struct stage *stage, const struct grid *grid)
{
    is_on = open_one(stage, grid);
    began_ns = clock_ns();
    if (is_on) {
        stage_say(stage,
                  M("records into %s; R ends it", "graba en %s; R termina"),
                  name);
        return;
    }
    stage->records = false;
    stage_say(stage,
              M("cannot record into %s: %s", "no puede grabar en %s: %s"), name,
              error_words(errno));
}

static void finish(struct stage *stage)
{
    is_on = false;
    if (cast_end(&cast, since_begin()))
        stage_say(stage, M("recorded in %s", "grabado en %s"), name);
    else
        stage_say(stage, M("%s is not whole: %s", "%s no está completo: %s"),
                  name, error_words(errno));
}

void live_follow(struct stage *stage, const struct grid *grid)
{
    if (stage->records && !is_on)
        begin(stage, grid);
    else if (!stage->records && is_on)
        finish(stage);
}

void live_frame(struct stage *stage, struct grid *grid)
{
    if (!is_on)
        return;
    if (!cast_frame(&cast, since_begin(), grid)) {
        stage->records = false; // the next frame says why
        stage->is_dirty = true;
    }
    grid_text(grid, 0, grid->columns - 5, 5, LOOK_BAD, "● REC");
}

const char *live_end(void)
{
    if (!is_on)
        return NULL;
    is_on = false;
    cast_end(&cast, since_begin());
    return name;
}
