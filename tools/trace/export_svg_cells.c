// export_svg_cells.c - a stretch of a trace, in cells of half a px
#include <stdlib.h>
#include <string.h>

#include "tools/trace/export_svg_parts.h"
#include "tools/trace/words.h"

static double length_of(const struct picture *picture)
{
    return picture->until > picture->from
               ? (double)(picture->until - picture->from)
               : 1;
}

double picture_x(const struct picture *picture, uint64_t time)
{
    double part = (double)(time - picture->from) / length_of(picture);

    return LEFT + part * (picture->width_px - LEFT - RIGHT);
}

// Where a time lies, in cells: with a fraction, for there may be many of them
// to one step.
static double cells_until(const struct picture *picture, uint64_t time)
{
    return (double)(time - picture->from) / length_of(picture) *
           (double)picture->cells;
}

// ---- Cells ------------------------------------------------------------------

static void settle_cell(struct picture *picture, struct picture_lane *lane)
{
    int most = 0;

    for (int i = 1; i < MODEL_DOINGS; i++)
        if (lane->times[i] > lane->times[most])
            most = i;
    if (lane->times[most] > 0) {
        lane->cells[lane->cell] = (unsigned char)(most + 1);
        picture->shown[most] = true;
    }
    memset(lane->times, 0, sizeof lane->times);
}

static void add(struct picture *picture, struct picture_lane *lane,
                uint64_t begin, uint64_t end, int doing)
{
    double at = cells_until(picture, begin), last = cells_until(picture, end);

    for (size_t cell = (size_t)at; at < last && cell < picture->cells; cell++) {
        double edge = (double)(cell + 1);
        double until = edge < last ? edge : last;

        if (cell != lane->cell)
            settle_cell(picture, lane);
        lane->cell = cell;
        lane->times[doing] += until - at;
        at = until;
    }
}

static struct picture_lane *lane_of(struct picture *picture, uint32_t task)
{
    struct picture_lane *lane = &picture->lanes[task];

    if (lane->cells)
        return lane;
    if (picture->lane_count == LANES_MOST) {
        picture->left_out += lane->cell == 0;
        lane->cell = 1; // counted
        return NULL;
    }
    lane->cells = calloc(picture->cells, 1);
    picture->no_memory |= !lane->cells;
    picture->lane_count++;
    return lane->cells ? lane : NULL;
}

// ---- Words ------------------------------------------------------------------

static bool grow(void **array, size_t *room, size_t count, size_t size)
{
    size_t more = *room ? *room * 2 : 16;
    void *grown;

    if (count < *room)
        return true;
    grown = realloc(*array, more * size);
    if (!grown)
        return false;
    *array = grown;
    *room = more;
    return true;
}

static void add_label(struct picture *picture, struct walk *walk, uint32_t task,
                      uint64_t end)
{
    const struct span *span = &walk->states[task].span;
    double wide = picture_x(picture, end) - picture_x(picture, span->begin);
    char text[300];

    if (span->doing != MODEL_BLOCKED || wide < 2 * LETTER ||
        picture->label_count == LABELS_MOST)
        return;
    walk_awaited(walk, task, text, sizeof text);
    if (!*text || wide < (double)(strlen(text) + 1) * LETTER)
        return;
    if (!grow((void **)&picture->labels, &picture->label_room,
              picture->label_count, sizeof *picture->labels)) {
        picture->no_memory = true;
        return;
    }
    picture->labels[picture->label_count++] =
        (struct picture_label){span->begin, end, task, strdup(text)};
}

static void add_mark(struct picture *picture, const struct walk *walk,
                     uint32_t task, const struct trace_record *r)
{
    char text[300];

    if (picture->mark_count == MARKS_MOST)
        return;
    words_object(walk->model, task, r, text, sizeof text);
    if (!grow((void **)&picture->marks, &picture->mark_room,
              picture->mark_count, sizeof *picture->marks)) {
        picture->no_memory = true;
        return;
    }
    picture->marks[picture->mark_count++] =
        (struct picture_mark){r->time, task, strdup(text)};
}

// ---- Going ------------------------------------------------------------------

static void start(void *context, struct walk *walk)
{
    struct picture *picture = context;

    picture->from = walk->from;
    picture->until = walk->until;
}

static void end_stretch(void *context, struct walk *walk, uint32_t task,
                        uint64_t end)
{
    struct picture *picture = context;
    const struct span *span = &walk->states[task].span;
    struct picture_lane *lane;

    if (end <= span->begin)
        return;
    lane = lane_of(picture, task);
    if (!lane)
        return;
    add(picture, lane, span->begin, end, span->doing);
    add_label(picture, walk, task, end);
}

static void see_event(void *context, struct walk *walk, size_t number)
{
    const struct trace_record *r = reader_event(walk->model->reader, number);

    if (TRACE_KIND(r->last) == TRACE_MARK)
        add_mark(context, walk, reader_task(walk->model->reader, number), r);
}

static bool is_short(void *context)
{
    return ((struct picture *)context)->no_memory;
}

bool picture_fill(struct picture *picture, const struct export_what *what)
{
    static const struct walk_visitor visitor = {.start = start,
                                                .end = end_stretch,
                                                .event = see_event,
                                                .stop = is_short};

    picture->lanes = calloc(picture->model->task_count, sizeof *picture->lanes);
    if (!picture->lanes || !walk_through(picture->model, what->from,
                                         what->until, &visitor, picture))
        return false;
    for (uint32_t i = 0; i < picture->model->task_count; i++)
        if (picture->lanes[i].cells)
            settle_cell(picture, &picture->lanes[i]);
    return !picture->no_memory;
}

void picture_free(struct picture *picture)
{
    for (uint32_t i = 0; picture->lanes && i < picture->model->task_count; i++)
        free(picture->lanes[i].cells);
    for (size_t i = 0; i < picture->label_count; i++)
        free(picture->labels[i].text);
    for (size_t i = 0; i < picture->mark_count; i++)
        free(picture->marks[i].text);
    free(picture->lanes);
    free(picture->labels);
    free(picture->marks);
    batons_free(&picture->batons);
}
