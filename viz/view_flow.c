// view_flow.c - queues and pipes: who puts, what is inside, who takes
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "viz/phrase.h"
#include "viz/view.h"

// A side, what is inside, the other side. Narrow screens have shorter ones.
enum {
    CELLS_MOST = 24,
    SIDE_MOST = 40,
    WORD_COLUMNS = 13,
    LABEL_LEAST = 8,
    ROWS_A_FLOW = 4
};

static bool is_of(const struct stage *stage, const struct flow *flow,
                  enum trace_meaning meaning)
{
    return stage->model.objects[flow->object].meaning == meaning;
}

static bool exists(const struct stage *stage, const struct flow *flow)
{
    return model_exists(&stage->model, &stage->model.objects[flow->object]);
}

// ---- Those at its two sides -------------------------------------------------

static bool waits_at(const struct stage *stage, uint32_t task,
                     const struct flow *flow, bool into)
{
    const struct trace_state *state = &stage->model.tasks[task];
    uint32_t puts = state->waits == TRACE_PUT_REQUEST ||
                    state->waits == TRACE_PIPE_WRITE_REQUEST;
    uint32_t takes = state->waits == TRACE_GET_REQUEST ||
                     state->waits == TRACE_PIPE_READ_REQUEST;

    return (into ? puts : takes) &&
           model_doing(&stage->model, task) == MODEL_BLOCKED &&
           state->object == stage->model.objects[flow->object].id;
}

static enum look look_of(const struct stage *stage, uint32_t task, bool waits,
                         bool moved_last)
{
    if (waits)
        return LOOK_BLOCKED;
    if (moved_last)
        return LOOK_STRONG;
    return model_doing(&stage->model, task) == MODEL_RUNNING ? LOOK_RUNNING
                                                             : LOOK_QUIET;
}

// "puts", "takes" an item; "writes", "reads" bytes: no sign, since "-2999"
// reads as a negative number.
static const char *verb_for(bool is_pipe, bool into)
{
    if (is_pipe)
        return into ? M("writes", "escribe") : M("reads", "lee");
    return into ? M("puts", "pone") : M("takes", "toma");
}

// "waits: full", "puts 101", "": what it has to do with the flow at the moment.
static void write_doing(const struct stage *stage, const struct flow *flow,
                        bool into, bool waits, const uint64_t *last,
                        char text[32])
{
    *text = '\0';
    if (waits)
        snprintf(text, 32, "%s",
                 into ? M("waits: full", "espera lugar")
                 : is_of(stage, flow, TRACE_PIPE)
                     ? M("waits: empty", "espera datos")
                     : M("waits: empty", "espera: vacía"));
    else if (last && *last == 0 && is_of(stage, flow, TRACE_PIPE))
        snprintf(text, 32, "%s", M("end of file", "fin"));
    else if (last)
        snprintf(text, 32, "%s %" PRIu64,
                 verb_for(is_of(stage, flow, TRACE_PIPE), into), *last);
}

static void draw_member(const struct stage *stage, struct grid *grid,
                        struct area area, const struct flow *flow, bool into,
                        uint32_t task)
{
    size_t moves = flow_moves(flow, stage->model.position);
    bool waits = waits_at(stage, task, flow, into);
    bool moved = moves && flow->moves[moves - 1].into == into &&
                 flow_task(flow, moves - 1) == task;
    uint64_t last = moved ? flow_what(flow, moves - 1) : 0;
    enum look look = look_of(stage, task, waits, moved);
    char label[300], doing[32];
    int room = area.columns - WORD_COLUMNS - 1;

    if (room < LABEL_LEAST) // no room for words
        room = area.columns - 2;
    model_task_brief(&stage->model, task, room, label, sizeof label);
    grid_text(grid, area.row, area.column, room, look, label);
    write_doing(stage, flow, into, waits, moved ? &last : NULL, doing);
    if (room + 2 < area.columns)
        grid_text(grid, area.row, area.column + room + 1, WORD_COLUMNS, look,
                  doing);
    else if (*doing)
        grid_put(grid, area.row, area.column + room + 1,
                 glyph(waits ? SIGN_BLOCKED : SIGN_RIGHT), look);
}

// A row for each of them, as many as there are rows.
static void draw_side(const struct stage *stage, struct grid *grid,
                      struct area area, const struct flow *flow, bool into)
{
    const uint32_t *tasks = into ? flow->sources : flow->sinks;
    size_t count = into ? flow->source_count : flow->sink_count;

    for (int i = 0; i < area.rows && (size_t)i < count; i++) {
        if (i + 1 == area.rows && count > (size_t)area.rows) {
            grid_say(grid, area.row + i, area.column, area.columns, LOOK_QUIET,
                     M("and %zu more", "y %zu más"), count - (size_t)i);
            return;
        }
        draw_member(stage, grid,
                    (struct area){area.row + i, area.column, 1, area.columns},
                    flow, into, tasks[i]);
    }
}

// ---- What is inside ---------------------------------------------------------

// The last figure of its identity, so that one can follow it with the eyes.
static uint32_t sign_of_item(uint64_t item)
{
    return '0' + (uint32_t)(item % 10);
}

static void draw_items(const struct stage *stage, struct grid *grid,
                       struct area area, const struct flow *flow)
{
    size_t moves = flow_moves(flow, stage->model.position);
    uint32_t fill = flow_fill(flow, moves);
    uint64_t capacity = flow->capacity;
    uint32_t cells = (uint32_t)area.columns;

    if (capacity && capacity < cells)
        cells = (uint32_t)capacity;
    // Behind is where one puts, in front where one takes: to the right.
    for (uint32_t i = 0; i < cells; i++) {
        int at = area.column + area.columns - 1 - (int)i;

        if (i + 1 == cells && fill > cells)
            grid_put(grid, area.row, at, '+', LOOK_HELD);
        else if (i < fill)
            grid_put(grid, area.row, at,
                     sign_of_item(flow_item(flow, moves, i)), LOOK_HELD);
        else
            grid_put(grid, area.row, at, glyph(SIGN_EMPTY), LOOK_QUIET);
    }
}

// Inferred: the kernel lets one that writes sleep only where no more goes in.
// How much it has put in by then is said when its call is over.
static bool is_full(const struct stage *stage, const struct flow *flow)
{
    if (flow_fill(flow, flow_moves(flow, stage->model.position)) > 0)
        return false; // that is recorded
    for (size_t i = 0; i < flow->source_count; i++)
        if (is_of(stage, flow, TRACE_PIPE) &&
            waits_at(stage, flow->sources[i], flow, true) &&
            model_doing(&stage->model, flow->sources[i]) == MODEL_BLOCKED)
            return true;
    return false;
}

static void draw_bytes(const struct stage *stage, struct grid *grid,
                       struct area area, const struct flow *flow)
{
    uint64_t capacity = flow->capacity ? flow->capacity : 65536;
    uint64_t fill =
        is_full(stage, flow)
            ? capacity
            : flow_fill(flow, flow_moves(flow, stage->model.position));
    uint64_t cells = (uint64_t)area.columns;
    uint64_t full = (fill * cells + capacity - 1) / capacity;

    for (uint64_t i = 0; i < cells; i++)
        grid_put(grid, area.row, area.column + (int)(cells - 1 - i),
                 glyph(i < full ? SIGN_FULL : SIGN_EMPTY),
                 i < full ? LOOK_HELD : LOOK_QUIET);
}

// Of a pipe each process has ends of its own: that one was closed says little.
// What came out must have been put in: by stdio, mostly.
static const char *end_words(const struct model_object *object)
{
    if (object->meaning == TRACE_PIPE && object->out > object->in)
        return phrase_unseen();
    return object->meaning == TRACE_QUEUE && (object->closed & 2)
               ? M("; closed", "; cerrada")
               : "";
}

static void draw_title(const struct stage *stage, struct grid *grid,
                       struct area area, const struct flow *flow)
{
    const struct model_object *object = &stage->model.objects[flow->object];
    uint32_t fill = flow_fill(flow, flow_moves(flow, stage->model.position));
    bool is_pipe = object->meaning == TRACE_PIPE;
    char label[300], in[40], room[40] = "";

    model_label(&stage->model, object, label, sizeof label);
    if (is_full(stage, flow)) {
        grid_say(grid, area.row, area.column, area.columns, LOOK_STRONG,
                 M("%s: full, since one that writes sleeps (inferred)",
                   "%s: llena, porque alguien que escribe duerme (inferido)"),
                 label);
        return;
    }
    if (flow->capacity)
        snprintf(room, sizeof room, "/%" PRIu64, flow->capacity);
    grid_say(grid, area.row, area.column, area.columns, LOOK_STRONG,
             M("%s: %u%s %s inside; in %s, out %" PRIu64 "%s",
               "%s: %u%s %s dentro; entraron %s, salieron %" PRIu64 "%s"),
             label, fill, room,
             is_pipe ? M("bytes", "bytes") : M("items", "elementos"),
             phrase_in(object, in, sizeof in), object->out, end_words(object));
}

// ---- Views ------------------------------------------------------------------

// As many as the largest of the queues has room for, if that is not too wide:
// then all of them stand below each other.
static int cells_for(const struct stage *stage, const struct flow *flow,
                     int columns)
{
    enum trace_meaning meaning = stage->model.objects[flow->object].meaning;
    int most = columns / 4 < CELLS_MOST ? columns / 4 : CELLS_MOST;
    uint64_t largest = 0;

    for (size_t i = 0; i < stage->flows.count; i++) {
        const struct flow *other = &stage->flows.all[i];
        uint64_t capacity = other->capacity;

        if (!is_of(stage, other, meaning))
            continue;
        if (capacity == 0 || capacity >= (uint64_t)most)
            return most;
        largest = capacity > largest ? capacity : largest;
    }
    return (int)largest;
}

static void draw_flow(const struct stage *stage, struct grid *grid,
                      struct area area, const struct flow *flow)
{
    struct area inside = {area.row + 1, 0, 1,
                          cells_for(stage, flow, area.columns)};
    int wide = (area.columns - 3 - inside.columns) / 2;
    struct area side = {area.row + 1, area.column + 1, area.rows - 2, 0};

    side.columns = wide < SIDE_MOST ? wide : SIDE_MOST;
    draw_title(stage, grid, (struct area){area.row, 1, 1, area.columns - 1},
               flow);
    draw_side(stage, grid, side, flow, true);
    inside.column = side.column + side.columns + 1;
    if (is_of(stage, flow, TRACE_PIPE))
        draw_bytes(stage, grid, inside, flow);
    else
        draw_items(stage, grid, inside, flow);
    side.column = inside.column + inside.columns + 1;
    draw_side(stage, grid, side, flow, false);
}

// Rows for the larger side of it, a title and an empty one.
static int rows_of(const struct flow *flow)
{
    size_t most = flow->source_count > flow->sink_count ? flow->source_count
                                                        : flow->sink_count;

    return 2 + (most < ROWS_A_FLOW ? (int)most : ROWS_A_FLOW);
}

// Does the selected task put or take there?
static bool is_of_selected(const struct stage *stage, const struct flow *flow)
{
    for (size_t i = 0; i < flow->source_count; i++)
        if (flow->sources[i] == stage->selected)
            return true;
    for (size_t i = 0; i < flow->sink_count; i++)
        if (flow->sinks[i] == stage->selected)
            return true;
    return false;
}

enum wanted { ANY, SELECTED, OTHER };

static bool is_wanted(const struct stage *stage, const struct flow *flow,
                      enum trace_meaning meaning, enum wanted wanted)
{
    return is_of(stage, flow, meaning) && exists(stage, flow) &&
           (wanted == ANY ||
            is_of_selected(stage, flow) == (wanted == SELECTED));
}

// Returns what is left of the area.
static struct area draw_flows(const struct stage *stage, struct grid *grid,
                              struct area area, enum trace_meaning meaning,
                              enum wanted wanted)
{
    for (size_t i = 0; i < stage->flows.count && area.rows > 2; i++) {
        const struct flow *flow = &stage->flows.all[i];
        struct area part = area;

        if (!is_wanted(stage, flow, meaning, wanted))
            continue;
        part.rows = rows_of(flow) < area.rows ? rows_of(flow) : area.rows;
        draw_flow(stage, grid, part, flow);
        area = area_inside(area, part.rows, 0);
    }
    return area;
}

static void draw_all(const struct stage *stage, struct grid *grid,
                     struct area area, enum trace_meaning meaning,
                     const char *none, const char *none_yet)
{
    int rows = 0;
    bool later = false;

    for (size_t i = 0; i < stage->flows.count; i++) {
        const struct flow *flow = &stage->flows.all[i];

        if (!is_of(stage, flow, meaning))
            continue;
        if (exists(stage, flow))
            rows += rows_of(flow);
        else
            later = true;
    }
    if (rows == 0)
        grid_text(grid, area.row, 1, area.columns - 1, LOOK_QUIET,
                  later ? none_yet : none);
    if (rows <= area.rows) {
        draw_flows(stage, grid, area, meaning, ANY);
        return;
    }
    // More than there is room for: first those of the selected task.
    area = draw_flows(stage, grid, area, meaning, SELECTED);
    draw_flows(stage, grid, area, meaning, OTHER);
}

void view_factory(const struct stage *stage, struct grid *grid,
                  struct area area)
{
    draw_all(stage, grid, area, TRACE_QUEUE,
             M("no queue in this trace", "en esta traza no hay colas"),
             M("no queue yet", "todavía no hay colas"));
}

void view_pipe(const struct stage *stage, struct grid *grid, struct area area)
{
    draw_all(stage, grid, area, TRACE_PIPE,
             M("no call of read or write on a pipe was recorded (what stdio "
               "calls inside is not seen)",
               "no se registró ninguna llamada a read o write en una tubería "
               "(las que stdio hace por dentro no se ven)"),
             M("no pipe yet", "todavía no hay tuberías"));
}
