// axis.c - round times, the marks, and now
#include <inttypes.h>
#include <stdio.h>

#include "runtime/message.h"
#include "viz/axis.h"

enum { TICK_LEAST = 12 }; // columns from one to the next

int axis_column(const struct axis *axis, uint64_t time)
{
    const struct stage *stage = axis->stage;
    int i;

    if (time < stage->from || time > stage->from + stage->length)
        return -1;
    i = (int)((double)(time - stage->from) * axis->columns /
              (double)stage->length);
    return axis->column + (i < axis->columns ? i : axis->columns - 1);
}

// ---- Round times ------------------------------------------------------------

struct ticks {
    uint64_t step, unit; // of the clock
    int decimals;
    const char *name; // of the unit
};

// The smallest of 1, 2, 5, 10, 20, 50... that is no smaller.
static uint64_t round_step(uint64_t least)
{
    uint64_t power = 1;

    while (power * 10 <= least)
        power *= 10;
    for (uint64_t times = 1; times <= 10; times = times == 2 ? 5 : times * 2)
        if (power * times >= least)
            return power * times;
    return power * 10;
}

// One unit for all: that of the last time on the axis.
static void choose_unit(struct ticks *ticks, uint64_t last)
{
    static const struct {
        uint64_t size;
        const char *name;
    } units[] = {{1000000000, "s"}, {1000000, "ms"}, {1000, "µs"}, {1, "ns"}};
    int i = 0;

    while (units[i].size > last && units[i].size > 1)
        i++;
    ticks->unit = units[i].size;
    ticks->name = units[i].name;
    ticks->decimals = 0;
    for (uint64_t part = ticks->unit; part > ticks->step; part /= 10)
        ticks->decimals++;
}

static char *tick_words(const struct ticks *ticks, uint64_t time, char *text,
                        size_t size)
{
    uint64_t part = time % ticks->unit;

    if (!ticks->name) {
        snprintf(text, size, M("step %" PRIu64, "paso %" PRIu64), time);
        return text;
    }
    for (uint64_t i = ticks->unit, n = 0; i > 1; i /= 10)
        if (n++ >= (uint64_t)ticks->decimals)
            part /= 10;
    if (ticks->decimals == 0)
        snprintf(text, size, "%" PRIu64 " %s", time / ticks->unit, ticks->name);
    else
        snprintf(
            text, size,
            M("%" PRIu64 ".%0*" PRIu64 " %s", "%" PRIu64 ",%0*" PRIu64 " %s"),
            time / ticks->unit, ticks->decimals, part, ticks->name);
    return text;
}

// How wide the widest of them is: that of the last time.
static int tick_columns(const struct ticks *ticks, uint64_t last)
{
    char text[64];

    return 2 + text_columns(tick_words(ticks, last, text, sizeof text));
}

// The steps are as long as the words for them, at least.
static struct ticks choose_ticks(const struct axis *axis, uint64_t last)
{
    const struct stage *stage = axis->stage;
    struct ticks ticks = {.unit = 1};
    int wide = TICK_LEAST, before;

    do {
        before = wide;
        ticks.step = round_step(
            (uint64_t)((double)stage->length * wide / axis->columns) + 1);
        if (stage->reader.header.clock != TRACE_STEPS)
            choose_unit(&ticks, last);
        wide = tick_columns(&ticks, last);
        wide = wide > before ? wide : before;
    } while (wide > before && wide < axis->columns);
    return ticks;
}

static void draw_ticks(const struct axis *axis, struct grid *grid, int row)
{
    const struct stage *stage = axis->stage;
    uint64_t from = stage->from - stage->lanes.begin;
    uint64_t last = from + stage->length;
    struct ticks ticks = choose_ticks(axis, last);
    char text[64];

    for (uint64_t time = (from + ticks.step - 1) / ticks.step * ticks.step;
         time <= last; time += ticks.step) {
        int column = axis_column(axis, stage->lanes.begin + time);
        int wide = text_columns(tick_words(&ticks, time, text, sizeof text));

        grid_put(grid, row, column, glyph(SIGN_CURSOR), LOOK_QUIET);
        if (column + 1 + wide <= axis->column + axis->columns)
            grid_text(grid, row, column + 1, wide, LOOK_QUIET, text);
    }
}

// ---- Marks ------------------------------------------------------------------

static void put_sign(const struct axis *axis, struct grid *grid, int row,
                     uint64_t time, uint32_t sign)
{
    int column = axis_column(axis, time);

    if (column >= 0)
        grid_put(grid, row, column, sign, LOOK_MARK);
}

void axis_draw(const struct axis *axis, struct grid *grid, int row)
{
    const struct stage *stage = axis->stage;

    draw_ticks(axis, grid, row);
    put_sign(axis, grid, row + 1, stage->now, glyph(SIGN_NOW));
    for (int i = 0; i < 2; i++)
        if (stage->marks[i].is_set)
            put_sign(axis, grid, row + 1, stage->marks[i].time,
                     (uint32_t)('A' + i));
}
