// together.c - for how long tasks had a CPU at the same time
#include <stdlib.h>

#include "tools/trace/together.h"

struct change {
    uint64_t time;
    int by; // how many more have a CPU from then on
};

struct changes {
    struct change *all;
    size_t count, room;
};

static bool add(struct changes *changes, uint64_t time, int by)
{
    if (changes->count == changes->room) {
        size_t room = changes->room ? 2 * changes->room : 1024;
        struct change *more = realloc(changes->all, room * sizeof *more);

        if (!more)
            return false;
        changes->all = more;
        changes->room = room;
    }
    changes->all[changes->count++] = (struct change){time, by};
    return true;
}

static bool add_lane(struct changes *changes, const struct lanes *lanes,
                     const struct lane *lane)
{
    for (size_t i = 0; i < lane->count; i++)
        if (lane->spans[i].on_cpu &&
            (!add(changes, lane->spans[i].begin, 1) ||
             !add(changes, lanes_end(lanes, lane, i), -1)))
            return false;
    return true;
}

static int earlier(const void *a, const void *b)
{
    const struct change *one = a, *two = b;

    return one->time < two->time ? -1 : one->time > two->time;
}

static void sum_up(const struct changes *changes, struct together *together)
{
    int running = 0;

    for (size_t i = 0; i + 1 < changes->count; i++) {
        uint64_t passed = changes->all[i + 1].time - changes->all[i].time;

        running += changes->all[i].by;
        together->one += running >= 1 ? passed : 0;
        together->two += running >= 2 ? passed : 0;
    }
}

bool together_of(const struct lanes *lanes, struct together *together)
{
    struct changes changes = {0};
    bool done = true;

    *together = (struct together){0};
    for (uint32_t i = 1; done && i < lanes->count; i++)
        done = add_lane(&changes, lanes, &lanes->lanes[i]);
    if (done && changes.count > 0) {
        qsort(changes.all, changes.count, sizeof *changes.all, earlier);
        sum_up(&changes, together);
    }
    free(changes.all);
    return done;
}

// ---- Of a file --------------------------------------------------------------

static bool read_model(struct model *model, struct together *together)
{
    struct lanes lanes;
    bool done;

    if (!lanes_build(&lanes, model, NULL))
        return false;
    done = model->source != 0 && together_of(&lanes, together);
    lanes_free(&lanes);
    return done;
}

bool together_read(const char *path, struct together *together)
{
    struct reader reader;
    struct model model;
    bool done = false;

    if (!reader_open(&reader, path))
        return false;
    if (model_begin(&model, &reader)) {
        done = read_model(&model, together);
        model_close(&model);
    }
    reader_close(&reader);
    return done;
}
