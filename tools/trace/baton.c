// baton.c - finds conditions that are signalled in turn
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/trace/baton.h"

// ---- Pairs of conditions ----------------------------------------------------

// In process pid, a signal of first was followed by one of second so often: by
// the same task, and by another one.
struct pair {
    uint32_t pid;
    uint64_t first, second;
    uint64_t same, other;
};

// What was signalled last in a process.
struct last {
    uint32_t pid, task;
    uint64_t condition;
};

struct baton_search {
    const struct reader *reader;
    struct pair *pairs;
    size_t pair_count, pair_room;
    struct last *lasts;
    size_t last_count, last_room;
    bool no_memory;
};

static bool grow(void **array, size_t *room, size_t count, size_t size)
{
    size_t more = *room * 2 + 8;
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

// Most recently used first: a process has few conditions, and the same two are
// asked for again and again.
static struct pair *pair_of(struct baton_search *search, uint32_t pid,
                            uint64_t first, uint64_t second)
{
    for (size_t i = 0; i < search->pair_count; i++) {
        struct pair found = search->pairs[i];

        if (found.pid != pid || found.first != first || found.second != second)
            continue;
        memmove(search->pairs + 1, search->pairs, i * sizeof *search->pairs);
        search->pairs[0] = found;
        return &search->pairs[0];
    }
    if (!grow((void **)&search->pairs, &search->pair_room, search->pair_count,
              sizeof *search->pairs)) {
        search->no_memory = true;
        return NULL;
    }
    search->pairs[search->pair_count] =
        (struct pair){.pid = pid, .first = first, .second = second};
    return &search->pairs[search->pair_count++];
}

static struct last *last_of(struct baton_search *search, uint32_t pid)
{
    for (size_t i = 0; i < search->last_count; i++)
        if (search->lasts[i].pid == pid)
            return &search->lasts[i];
    if (!grow((void **)&search->lasts, &search->last_room, search->last_count,
              sizeof *search->lasts)) {
        search->no_memory = true;
        return NULL;
    }
    search->lasts[search->last_count] = (struct last){.pid = pid};
    return &search->lasts[search->last_count++];
}

enum {
    PAIRS_MOST = 256
}; // a program with more is no interpreter with one lock

static void signalled(struct baton_search *search, uint32_t task, uint32_t pid,
                      uint64_t condition)
{
    struct last *last = last_of(search, pid);
    struct pair *pair;

    if (!last)
        return;
    if (last->condition && last->condition != condition &&
        search->pair_count < PAIRS_MOST) {
        pair = pair_of(search, pid, last->condition, condition);
        if (pair)
            *(last->task == task ? &pair->same : &pair->other) += 1;
    }
    *last = (struct last){pid, task, condition};
}

static bool is_signal(const struct reader *reader, size_t number)
{
    uint16_t kind = TRACE_KIND(reader_event(reader, number)->last);

    return kind == TRACE_COND_SIGNAL || kind == TRACE_COND_BROADCAST;
}

static uint32_t pid_of(const struct reader *reader, uint32_t task)
{
    const struct trace_entry *entry = reader_entry(reader, task);

    return entry ? entry->pid : 0;
}

bool batons_see(struct batons *batons, const struct reader *reader,
                size_t event)
{
    struct baton_search *search = batons->search;
    uint32_t task;

    if (!is_signal(reader, event))
        return true;
    if (!search) {
        search = batons->search = calloc(1, sizeof *search);
        if (!search)
            return false;
        search->reader = reader;
    }
    task = reader_task(reader, event);
    signalled(search, task, pid_of(reader, task),
              reader_event(reader, event)->object);
    return !search->no_memory;
}

// ---- Batons -----------------------------------------------------------------

static const struct pair *opposite(const struct baton_search *search,
                                   const struct pair *pair)
{
    for (size_t i = 0; i < search->pair_count; i++) {
        const struct pair *other = &search->pairs[i];

        if (other->pid == pair->pid && other->first == pair->second &&
            other->second == pair->first)
            return other;
    }
    return NULL;
}

// Taken by first and dropped by second: always the same task; from second to
// first it may be another one. With one thread both look alike; then it is no
// baton that anybody passes.
static bool is_baton(const struct baton_search *search, const struct pair *pair)
{
    const struct pair *back = opposite(search, pair);

    return pair->same >= BATON_TURNS && pair->other == 0 && back &&
           back->other > 0 && back->same + back->other + 1 >= pair->same;
}

static bool add_turn(struct baton *baton, struct turn turn)
{
    const struct track *track = &baton->track;

    if (track->count && track->turns[track->count - 1].task != turn.task)
        baton->passed++;
    return track_add(&baton->track, turn);
}

static bool is_python(const struct reader *reader, uint32_t name)
{
    return strncmp(reader_name(reader, name), "python", 6) == 0;
}

// What the tasks of its process were called when they began.
static bool began_as_python(const struct reader *reader, uint32_t pid)
{
    for (uint32_t i = 1; i < reader->task_limit; i++) {
        const struct trace_entry *entry = reader_entry(reader, i);

        if (entry && entry->pid == pid && is_python(reader, entry->name))
            return true;
    }
    return false;
}

// The process becomes python by that event.
static bool becomes_python(const struct reader *reader,
                           const struct trace_record *record)
{
    return TRACE_KIND(record->last) == TRACE_TASK_NAME &&
           is_python(reader, (uint32_t)record->object);
}

// Goes through the trace once more, with the two conditions known.
static bool collect(struct baton *baton, const struct reader *reader)
{
    uint32_t holder = 0;
    uint64_t since = 0;

    baton->is_pythons = began_as_python(reader, baton->pid);
    for (size_t i = 0; i < reader->count; i++) {
        const struct trace_record *record = reader_event(reader, i);
        uint32_t task = reader_task(reader, i);

        if (becomes_python(reader, record) &&
            pid_of(reader, task) == baton->pid)
            baton->is_pythons = true;
        if (!is_signal(reader, i) || pid_of(reader, task) != baton->pid)
            continue;
        if (record->object == baton->take) {
            holder = task;
            since = record->time;
        } else if (record->object == baton->drop && holder == task) {
            if (!add_turn(baton, (struct turn){since, record->time, task}))
                return false;
            holder = 0;
        }
    }
    return true;
}

static bool add_baton(struct batons *batons, const struct baton_search *search,
                      const struct pair *pair)
{
    struct baton *all =
        realloc(batons->all, (batons->count + 1) * sizeof *batons->all);

    if (!all)
        return false;
    batons->all = all;
    all[batons->count] = (struct baton){
        .pid = pair->pid, .take = pair->first, .drop = pair->second};
    return collect(&all[batons->count++], search->reader);
}

static void forget_search(struct batons *batons)
{
    if (batons->search) {
        free(batons->search->pairs);
        free(batons->search->lasts);
    }
    free(batons->search);
    batons->search = NULL;
}

bool batons_stop(struct batons *batons)
{
    struct baton_search *search = batons->search;
    bool done = true;

    for (size_t i = 0; done && search && i < search->pair_count; i++)
        if (is_baton(search, &search->pairs[i]))
            done = add_baton(batons, search, &search->pairs[i]);
    forget_search(batons);
    if (!done)
        batons_free(batons);
    return done;
}

bool batons_build(struct batons *batons, const struct reader *reader)
{
    *batons = (struct batons){0};
    for (size_t i = 0; i < reader->count; i++)
        if (!batons_see(batons, reader, i)) {
            batons_free(batons);
            return false;
        }
    return batons_stop(batons);
}

void batons_free(struct batons *batons)
{
    forget_search(batons);
    for (size_t i = 0; i < batons->count; i++)
        track_free(&batons->all[i].track);
    free(batons->all);
    *batons = (struct batons){0};
}

const char *baton_name(const struct baton *baton)
{
    return baton->is_pythons ? M("GIL (inferred)", "GIL (deducido)")
                             : M("baton (inferred)", "testigo (deducido)");
}
