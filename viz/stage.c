// stage.c - where one stands in a trace, and moves
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "runtime/message.h"
#include "viz/search.h"

enum { WINDOW_SECONDS = 10, WINDOW_LEAST = 8 };
enum { AROUND = 65536 }; // events that are looked through for an edge

void stage_say(struct stage *stage, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(stage->message, sizeof stage->message, format, arguments);
    va_end(arguments);
    stage->is_dirty = true;
}

// ---- Opening ----------------------------------------------------------------

// Before its first event a recording says nothing: the program was being
// loaded. Steps are counted from the first one on.
static uint64_t earliest(const struct stage *stage)
{
    const struct reader *reader = &stage->reader;

    if (reader->count == 0 || reader->header.clock == TRACE_STEPS)
        return stage->lanes.begin;
    return reader_event(reader, 0)->time;
}

static uint64_t whole(const struct stage *stage)
{
    uint64_t length = stage->lanes.end - earliest(stage);

    return length > WINDOW_LEAST ? length : WINDOW_LEAST;
}

static void show_all(struct stage *stage)
{
    stage->from = earliest(stage);
    stage->length = whole(stage);
}

static void forget(struct stage *stage)
{
    tracks_free(&stage->coroutines);
    blocks_free(&stage->blocks);
    flows_free(&stage->flows);
    batons_free(&stage->batons);
}

static void forget_lists(struct stage *stage)
{
    free(stage->places);
    free(stage->given);
    stage->places = NULL;
    stage->given = NULL;
}

// The model stands at the end of the trace.
static void learn_names(struct stage *stage)
{
    const struct model *model = &stage->model;

    stage->given = calloc(model->object_count + 1, sizeof *stage->given);
    for (size_t i = 0; stage->given && i < model->object_count; i++)
        stage->given[i] = model_given_name(model, &model->objects[i]);
}

struct place { // of a task: behind those of earlier processes
    uint32_t task, pid, first;
};

static int by_pid(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    if (x->pid != y->pid)
        return x->pid < y->pid ? -1 : 1;
    return x->task < y->task ? -1 : 1;
}

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->task < y->task ? -1 : 1;
}

static void find_places(const struct stage *stage, struct place *places,
                        uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct trace_entry *entry = reader_entry(&stage->reader, i + 1);

        places[i] = (struct place){i + 1, entry ? entry->pid : 0, 0};
    }
    qsort(places, count, sizeof *places, by_pid);
    for (uint32_t i = 0; i < count; i++)
        places[i].first = i > 0 && places[i - 1].pid == places[i].pid
                              ? places[i - 1].first
                              : places[i].task;
    qsort(places, count, sizeof *places, by_place);
}

// Without memory for it, tasks stand in the order in which they began.
static void put_in_order(struct stage *stage)
{
    uint32_t count = stage->lanes.count - 1;
    struct place *places = malloc((count + 1) * sizeof *places);

    stage->places = malloc((count + 1) * sizeof *stage->places);
    if (places && stage->places) {
        find_places(stage, places, count);
        for (uint32_t i = 0; i < count; i++)
            stage->places[i] = places[i].task;
    } else {
        free(stage->places);
        stage->places = NULL;
    }
    free(places);
}

// What is as long as tasks and objects are many. The model stands at the end.
static void make_lists(struct stage *stage)
{
    forget_lists(stage);
    put_in_order(stage);
    learn_names(stage);
}

static uint64_t clock_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

// What is only for the views: without memory for it, they show nothing of it.
static void infer(struct stage *stage)
{
    uint64_t begin = clock_ns();

    forget(stage);
    batons_build(&stage->batons, &stage->reader);
    flows_build(&stage->flows, &stage->model);
    blocks_build(&stage->blocks, &stage->reader);
    tracks_of_coroutines(&stage->coroutines, &stage->model);
    stage->inferred.events = stage->reader.count;
    stage->inferred.at_ns = clock_ns();
    stage->inferred.took_ns = stage->inferred.at_ns - begin;
}

// It is made anew for a trace that grows, but a tenth of the time is enough for
// that.
static void infer_again(struct stage *stage, size_t changed)
{
    uint64_t rest = stage->inferred.took_ns * 10;

    if (changed < stage->inferred.events ||
        clock_ns() - stage->inferred.at_ns >= rest)
        infer(stage);
}

static bool survey(struct stage *stage)
{
    const struct survey all = {&stage->lanes,  &stage->findings,
                               &stage->batons, &stage->flows,
                               &stage->blocks, &stage->coroutines};

    stage->inferred.events = stage->reader.count;
    return survey_build(&all, &stage->model);
}

bool stage_open(struct stage *stage, const char *path, char *error,
                size_t error_size)
{
    *stage = (struct stage){.path = path, .is_dirty = true};
    if (!reader_open(&stage->reader, path)) {
        snprintf(error, error_size, "%s", stage->reader.error);
        return false;
    }
    if (model_begin(&stage->model, &stage->reader)) {
        if (survey(stage)) {
            make_lists(stage);
            stage->source = stage->model.source;
            show_all(stage);
            stage_go_event(stage, 0);
            stage_select(stage, 0);
            return true;
        }
        model_close(&stage->model);
    }
    reader_close(&stage->reader);
    snprintf(
        error, error_size,
        M("not enough memory to read %s", "no alcanza la memoria para leer %s"),
        path);
    return false;
}

void stage_close(struct stage *stage)
{
    forget_lists(stage);
    forget(stage);
    findings_free(&stage->findings);
    lanes_free(&stage->lanes);
    model_close(&stage->model);
    reader_close(&stage->reader);
}

bool stage_refresh(struct stage *stage, char *error, size_t error_size)
{
    size_t changed, position = stage->model.position;
    bool saw_all = stage->length >= whole(stage);

    if (!reader_refresh(&stage->reader, &changed)) {
        snprintf(error, error_size, "%s", stage->reader.error);
        return false;
    }
    if (changed == stage->reader.count && stage->inferred.events == changed &&
        stage->model.task_count == stage->reader.task_limit)
        return true;
    if (!model_refresh(&stage->model, changed) ||
        !lanes_refresh(&stage->lanes, &stage->model, changed,
                       &stage->findings)) {
        snprintf(error, error_size, "%s",
                 M("not enough memory", "no alcanza la memoria"));
        return false;
    }
    make_lists(stage);
    infer_again(stage, changed);
    stage->source = stage->model.source;
    if (saw_all)
        show_all(stage);
    if (stage->follows)
        stage_go_event(stage, stage->reader.count);
    else
        model_seek(&stage->model, position);
    stage->is_dirty = true;
    return true;
}

// ---- Moving in time ---------------------------------------------------------

// The window contains now; it moves by whole eighths, so that it rests.
static void keep_in_window(struct stage *stage)
{
    uint64_t eighth = stage->length / 8 + 1;

    if (stage->now < stage->from)
        stage->from = stage->now > eighth ? stage->now - eighth : 0;
    else if (stage->now > stage->from + stage->length)
        stage->from = stage->now - stage->length + eighth;
    if (stage->from < earliest(stage))
        stage->from = earliest(stage);
    stage->is_dirty = true;
}

void stage_go_time(struct stage *stage, uint64_t time)
{
    if (time < earliest(stage))
        time = earliest(stage);
    if (time > stage->lanes.end)
        time = stage->lanes.end;
    stage->now = time;
    model_seek(&stage->model, reader_at(&stage->reader, time));
    keep_in_window(stage);
}

static void stand_at_event(struct stage *stage)
{
    uint64_t least = earliest(stage);

    stage->now = stage->model.time > least ? stage->model.time : least;
}

void stage_go_event(struct stage *stage, size_t position)
{
    model_seek(&stage->model, position);
    stand_at_event(stage);
    keep_in_window(stage);
}

void stage_step(struct stage *stage, long by)
{
    model_step(&stage->model, by);
    stand_at_event(stage);
    stage->plays = stage->follows = false;
    keep_in_window(stage);
}

void stage_tick(struct stage *stage, uint64_t passed_ns)
{
    const uint64_t window_ns = UINT64_C(1000000000) * WINDOW_SECONDS;
    double part, share = (double)stage->length / (double)window_ns;

    if (!stage->plays)
        return;
    share = stage->speed < 0 ? share / (1 << -stage->speed)
                             : share * (1 << stage->speed);
    passed_ns += stage->left_over;
    part = (double)passed_ns * share;
    if (part < 1) { // less than a step of the clock: the next tick says
        stage->left_over = passed_ns;
        return;
    }
    stage->left_over = 0;
    stage_go_time(stage, stage->now + (uint64_t)part);
    if (stage->now >= stage->lanes.end && !stage->follows)
        stage->plays = false;
}

void stage_zoom(struct stage *stage, int by)
{
    uint64_t length = by > 0 ? stage->length >> by : stage->length << -by;
    uint64_t before = stage->now - stage->from;

    if (length < WINDOW_LEAST)
        length = WINDOW_LEAST;
    if (length >= whole(stage)) {
        show_all(stage);
    } else { // now stays where it is on the screen
        before =
            (uint64_t)((double)before * (double)length / (double)stage->length);
        stage->length = length;
        stage->from = stage->now > before ? stage->now - before : 0;
    }
    keep_in_window(stage);
}

void stage_pan(struct stage *stage, int eighths)
{
    uint64_t far =
        stage->length / 8 * (uint64_t)(eighths < 0 ? -eighths : eighths);

    if (eighths < 0)
        stage_go_time(stage, stage->now > far ? stage->now - far : 0);
    else
        stage_go_time(stage, stage->now + far);
    stage->follows = false;
}

// The selected task begins or ends a wait there, perhaps one that never took it
// off the CPU: of that, spans say nothing.
static bool is_wait(const struct stage *stage, size_t event)
{
    const struct trace_record *record = reader_event(&stage->reader, event);

    switch (trace_kind_of(TRACE_KIND(record->last))->effect) {
    case TRACE_WAITS:
    case TRACE_WAKES:
    case TRACE_OWNS:
    case TRACE_LEAVES:
    case TRACE_RETURNS:
        return reader_task(&stage->reader, event) == stage->selected;
    default:
        return false;
    }
}

// The last such event up to now, and the first one behind it, where they come
// between before and after.
static void look_around(const struct stage *stage, uint64_t *before,
                        uint64_t *after)
{
    const struct reader *reader = &stage->reader;
    size_t here = reader_at(reader, stage->now), i = here;

    for (; i > 0 && here - i < AROUND; i--) {
        uint64_t time = reader_event(reader, i - 1)->time;

        if (time <= *before)
            break;
        if (is_wait(stage, i - 1))
            *before = time;
    }
    for (i = here; i < reader->count && i - here < AROUND; i++) {
        uint64_t time = reader_event(reader, i)->time;

        if (time >= *after)
            break;
        if (is_wait(stage, i))
            *after = time;
    }
}

uint64_t stage_edge(const struct stage *stage)
{
    const struct lane *lane = &stage->lanes.lanes[stage->selected];
    size_t at = lanes_find(lane, stage->now);
    uint64_t before, after;

    if (stage->selected == 0 || lane->count == 0)
        return stage->now;
    before = lane->spans[at].begin;
    after = lanes_end(&stage->lanes, lane, at);
    look_around(stage, &before, &after);
    return stage->now - before <= after - stage->now ? before : after;
}

// ---- Tasks ------------------------------------------------------------------

bool stage_shows(const struct stage *stage, uint32_t task)
{
    char label[300];

    if (!reader_entry(&stage->reader, task))
        return false;
    if (!*stage->filter)
        return true;
    model_task_label(&stage->model, task, label, sizeof label);
    return strstr(label, stage->filter) != NULL;
}

static uint32_t task_in_place(const struct stage *stage, uint32_t i)
{
    return stage->places ? stage->places[i] : i + 1;
}

uint32_t stage_tasks(const struct stage *stage, uint32_t *tasks, uint32_t room)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i + 1 < stage->lanes.count && count < room; i++)
        if (stage_shows(stage, task_in_place(stage, i)))
            tasks[count++] = task_in_place(stage, i);
    return count;
}

// The next task in that direction that is shown, or 0; behind task 0 the first.
static uint32_t next_shown(const struct stage *stage, uint32_t task, int by)
{
    uint32_t count = stage->lanes.count - 1, at = 0;

    while (task && at < count && task_in_place(stage, at) != task)
        at++;
    if (task)
        at += (uint32_t)by;
    for (; at < count; at += (uint32_t)by) // below 0 it is above all
        if (stage_shows(stage, task_in_place(stage, at)))
            return task_in_place(stage, at);
    return 0;
}

void stage_select(struct stage *stage, int by)
{
    uint32_t task = stage->selected;

    stage->is_dirty = true;
    if (by == 0 && stage_shows(stage, task))
        return;
    task = next_shown(stage, task, by < 0 ? -1 : 1);
    if (!task && by == 0)
        task = next_shown(stage, 0, 1);
    if (task || by == 0)
        stage->selected = task;
}

static const struct baton *awaited_baton(const struct stage *stage,
                                         uint32_t task)
{
    const struct trace_state *state = &stage->model.tasks[task];
    const struct trace_entry *entry = reader_entry(&stage->reader, task);

    if (state->waits != TRACE_COND_WAIT || !entry)
        return NULL;
    for (size_t i = 0; i < stage->batons.count; i++)
        if (stage->batons.all[i].pid == entry->pid &&
            stage->batons.all[i].drop == state->object)
            return &stage->batons.all[i];
    return NULL;
}

uint32_t stage_blocker(const struct stage *stage, uint32_t task,
                       const struct baton **baton)
{
    uint32_t blocker = model_blocker(&stage->model, task);
    const struct baton *awaited = blocker ? NULL : awaited_baton(stage, task);
    const struct turn *turn =
        awaited ? track_find(&awaited->track, stage->model.time) : NULL;

    if (baton)
        *baton = turn ? awaited : NULL;
    return turn ? turn->task : blocker;
}

// ---- Search -----------------------------------------------------------------

// The number of the event, or count: none.
static size_t find_on(const struct search *search, size_t at, size_t count)
{
    while (at < count && !search_matches(search, at))
        at++;
    return at;
}

static size_t find_back(const struct search *search, size_t at, size_t count)
{
    while (at > 0 && !search_matches(search, at - 1))
        at--;
    return at > 0 ? at - 1 : count;
}

bool stage_find(struct stage *stage, int by)
{
    size_t count = stage->reader.count;
    size_t at = stage->model.position; // the event before it is the last one
    struct search search;

    if (!search_begin(&search, stage, stage->search))
        return false;
    at = by > 0 ? find_on(&search, at, count)
                : find_back(&search, at > 1 ? at - 1 : 0, count);
    search_end(&search);
    if (at >= count)
        return false;
    stage->selected = reader_task(&stage->reader, at);
    stage_go_event(stage, at + 1);
    return true;
}
