// lane_draw.c - a lane, column by column: what most of it was
#include "viz/lane_draw.h"

enum sign lane_sign(const struct stage *stage, enum model_doing doing)
{
    switch (doing) {
    case MODEL_RUNNING:
        return stage->source ? SIGN_RUNNING : SIGN_UNSEEN;
    case MODEL_READY:
        return SIGN_READY;
    case MODEL_BLOCKED:
        return SIGN_BLOCKED;
    case MODEL_SLEEPING:
        return SIGN_SLEEPING;
    default:
        return SIGN_UNKNOWN;
    }
}

static enum look look_of(enum model_doing doing)
{
    static const enum look looks[MODEL_DOINGS] = {
        [MODEL_READY] = LOOK_READY,     [MODEL_RUNNING] = LOOK_RUNNING,
        [MODEL_BLOCKED] = LOOK_BLOCKED, [MODEL_SLEEPING] = LOOK_SLEEPING,
        [MODEL_UNKNOWN] = LOOK_QUIET,   [MODEL_NOT_BORN] = LOOK_PLAIN,
        [MODEL_EXITED] = LOOK_PLAIN,
    };

    return looks[doing];
}

static enum model_doing most_of(const uint64_t shares[MODEL_DOINGS])
{
    enum model_doing most = MODEL_NOT_BORN;

    for (int i = 0; i < MODEL_DOINGS; i++)
        if (shares[i] > shares[most])
            most = (enum model_doing)i;
    return most;
}

// What a column shows, but for one of enum model_doing.
enum { SHOWS_NOTHING = MODEL_DOINGS, SHOWS_PARTLY };

// What the task did most; if it ran at all, that is to be seen.
static int what_of(const struct stage *stage,
                   const uint64_t shares[MODEL_DOINGS])
{
    enum model_doing most = most_of(shares);

    if (most == MODEL_NOT_BORN || most == MODEL_EXITED)
        return shares[MODEL_RUNNING] ? (int)MODEL_RUNNING : SHOWS_NOTHING;
    if (most != MODEL_RUNNING && shares[MODEL_RUNNING] > 0 && stage->source)
        return SHOWS_PARTLY;
    return (int)most;
}

static void put_what(const struct stage *stage, struct grid *grid, int row,
                     int column, int what)
{
    if (what == SHOWS_PARTLY)
        grid_put(grid, row, column, glyph(SIGN_PARTLY), LOOK_RUNNING);
    else if (what != SHOWS_NOTHING)
        grid_put(grid, row, column,
                 glyph(lane_sign(stage, (enum model_doing)what)),
                 look_of((enum model_doing)what));
}

void lane_put(const struct stage *stage, struct grid *grid, int row, int column,
              const uint64_t shares[MODEL_DOINGS])
{
    put_what(stage, grid, row, column, what_of(stage, shares));
}

// What the lanes show stays while the window stays: it is kept from frame to
// frame, for tasks of different numbers modulo KEPT_LANES.
enum { KEPT_LANES = 128, KEPT_COLUMNS = 1024 };

struct kept_lane {
    uint64_t version, from, length; // of the lanes; the window
    uint32_t source, task;
    int columns;
    uint8_t what[KEPT_COLUMNS];
};

static bool is_kept(const struct kept_lane *kept, const struct axis *axis,
                    uint32_t task)
{
    const struct stage *stage = axis->stage;

    return kept->version == stage->lanes.version && kept->from == stage->from &&
           kept->length == stage->length && kept->source == stage->source &&
           kept->task == task && kept->columns == axis->columns;
}

static void look_at_lane(const struct axis *axis, uint32_t task,
                         struct kept_lane *kept)
{
    const struct stage *stage = axis->stage;
    const struct lanes *lanes = &stage->lanes;
    const struct lane *lane = &lanes->lanes[task];
    uint64_t sums[2][MODEL_DOINGS], shares[MODEL_DOINGS];

    kept->version = lanes->version;
    kept->from = stage->from;
    kept->length = stage->length;
    kept->source = stage->source;
    kept->task = task;
    kept->columns = axis->columns;
    lanes_sums(lanes, lane, axis_time(axis, 0), sums[0]);
    for (int i = 0; i < axis->columns && i < KEPT_COLUMNS; i++) {
        uint64_t *before = sums[i & 1], *after = sums[~i & 1];
        uint64_t to = axis_time(axis, i + 1);

        lanes_sums(lanes, lane, to, after);
        for (int j = 0; j < MODEL_DOINGS; j++)
            shares[j] = after[j] - before[j];
        if (to == axis_time(axis, i) && lane->count) // finer than the clock
            shares[lane->spans[lanes_find(lane, to)].doing] = 1;
        kept->what[i] = (uint8_t)what_of(stage, shares);
    }
}

void lane_draw(const struct axis *axis, struct grid *grid, int row,
               uint32_t task)
{
    static struct kept_lane all[KEPT_LANES];
    struct kept_lane *kept = &all[task % KEPT_LANES];

    if (!is_kept(kept, axis, task))
        look_at_lane(axis, task, kept);
    for (int i = 0; i < axis->columns && i < KEPT_COLUMNS; i++)
        put_what(axis->stage, grid, row, axis->column + i, kept->what[i]);
}
