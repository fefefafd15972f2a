// findings.c - looks at each event once, and keeps what is wrong
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "tools/trace/findings.h"

// ---- What is remembered while looking ---------------------------------------

struct seen_task {
    bool had_to_wait;       // for the lock that it asked for
    uint64_t turns_before;  // of that lock, when it asked
    uint64_t asked;         // when that was
    uint64_t missed_signal; // of the condition it waits for, 0: none
    uint32_t condition;     // object + 1 it waits for, or did when it ended
    uint64_t condition_since;
    bool met_full_queue; // with the item it wants to put
    uint64_t ready_since, longest_ready, longest_since;
    size_t ready_event, longest_event;
    uint64_t turn_since, turns_ns, turns; // of coroutines on it
    size_t turn_event;
    uint32_t carries;         // object + 1
    uint32_t first_coroutine; // the same, 0: none yet
    bool carries_several;
    struct seen_turn {
        uint64_t begin, end;
        size_t event;
        uint32_t object;
    } longest_turn;
    // Its latest wait, and the event since which it stands still: who asks is
    // on its CPU for a while yet.
    uint64_t wait_since;
    size_t stands_since;
    bool stands;
};

struct seen_object {
    uint64_t turns;  // a lock was taken so often
    uint32_t queue;  // tasks that wait for the lock
    uint64_t convoy; // takers in a row that had to wait, or let many wait
    uint64_t convoy_since;
    uint64_t signalled; // last, a condition
    uint64_t in_vain;   // last signal that nobody waited for, 0: none
    uint32_t waiters;
};

struct finding_watch {
    struct seen_task *tasks;
    uint32_t task_count;
    struct seen_object *objects;
    size_t object_count;
    size_t failure; // event that says it, + 1; 0: none
    bool is_at_end; // findings_end was called
};

// Room for what the model has by now. The last one stands for all where memory
// is short.
static bool keep_up(struct finding_watch *watch, const struct model *model)
{
    size_t count = model->object_count;
    struct seen_object *objects;

    if (count <= watch->object_count)
        return true;
    count += count / 2 + 16;
    objects = realloc(watch->objects, count * sizeof *objects);
    if (!objects)
        return false;
    memset(objects + watch->object_count, 0,
           (count - watch->object_count) * sizeof *objects);
    watch->objects = objects;
    watch->object_count = count;
    return true;
}

static bool keep_up_tasks(struct finding_watch *watch,
                          const struct model *model)
{
    uint32_t count = model->task_count;
    struct seen_task *tasks;

    if (count <= watch->task_count)
        return true;
    tasks = realloc(watch->tasks, count * sizeof *tasks);
    if (!tasks)
        return false;
    memset(tasks + watch->task_count, 0,
           (count - watch->task_count) * sizeof *tasks);
    watch->tasks = tasks;
    watch->task_count = count;
    return true;
}

// ---- Keeping ----------------------------------------------------------------

// The same again, or NULL. A handful, so they are looked through.
static struct finding *same(struct findings *f, enum finding_kind kind,
                            uint32_t task, uint32_t object)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->all[i].kind == kind && f->all[i].task == task &&
            f->all[i].object == object)
            return &f->all[i];
    return NULL;
}

static void keep(struct findings *f, const struct model *model,
                 struct finding finding)
{
    struct finding *known = same(f, finding.kind, finding.task, finding.object);

    finding.count += finding.count == 0;
    if (known) {
        known->end = finding.end;
        known->count += finding.count;
        return;
    }
    if (f->count == f->room) {
        size_t room = f->room * 2 + 8;
        struct finding *all = realloc(f->all, room * sizeof *all);

        if (!all) {
            f->no_memory = true;
            return;
        }
        f->all = all;
        f->room = room;
    }
    if (finding.event == 0)
        finding.event = model->position ? model->position - 1 : 0;
    f->all[f->count++] = finding;
}

// ---- Locks ------------------------------------------------------------------

struct look {
    struct findings *findings;
    const struct model *model;
    const struct trace_record *record;
    uint32_t task, object; // object: index + 1, 0: none
    struct seen_task *who;
    struct seen_object *what;
};

static struct finding_wait wait_of(const struct model *model, uint32_t task)
{
    enum trace_meaning meaning = model_awaited(model, task);
    const struct model_object *object =
        model_object(model, task, meaning, model->tasks[task].object);
    struct finding_wait wait = {.task = task};

    if (meaning == TRACE_LOCK && object)
        wait.object = (uint32_t)(object - model->objects) + 1;
    return wait;
}

// Who waits for whom, beginning with the least of them.
static void write_circle(struct finding *finding, const struct model *model,
                         const struct model_blame *blame)
{
    int count = blame->count - blame->cycle, first = 0;
    const uint32_t *tasks = &blame->tasks[blame->cycle];

    for (int i = 1; i < count; i++)
        first = tasks[i] < tasks[first] ? i : first;
    finding->task = tasks[first];
    finding->count = (uint64_t)count;
    for (int i = 0; i < count && i < FINDING_CIRCLE; i++)
        finding->circle[i] = wait_of(model, tasks[(first + i) % count]);
}

// The cycle is kept once, under the least of its tasks.
static void look_for_deadlock(const struct look *look)
{
    struct finding finding = {.kind = FINDING_DEADLOCK,
                              .begin = look->model->time,
                              .end = look->model->time};
    struct model_blame blame;

    model_blame(look->model, look->task, &blame);
    if (!blame.is_deadlock)
        return;
    write_circle(&finding, look->model, &blame);
    if (!same(look->findings, FINDING_DEADLOCK, finding.task, 0))
        keep(look->findings, look->model, finding);
}

// Does task wait in a circle that stands still?
static bool all_stand(const struct model *model, uint32_t task)
{
    struct model_blame blame;

    model_blame(model, task, &blame);
    for (int i = 0; i < blame.count; i++)
        if (model_doing(model, blame.tasks[i]) != MODEL_BLOCKED)
            return false;
    return blame.is_deadlock;
}

// The last request of a circle closes it, but who asks is still on its CPU.
static void settle_deadlocks(const struct look *look)
{
    for (size_t i = 0; i < look->findings->count; i++) {
        struct finding *finding = &look->findings->all[i];

        if (finding->kind != FINDING_DEADLOCK || finding->is_settled ||
            !all_stand(look->model, finding->task))
            continue;
        finding->event = look->model->position - 1;
        finding->is_settled = true;
    }
}

static void follow_wait(const struct look *look)
{
    const struct trace_state *state = &look->model->tasks[look->task];
    struct seen_task *who = look->who;

    if (!state->waits)
        return;
    if (state->since != who->wait_since) {
        who->wait_since = state->since;
        who->stands_since = look->model->position - 1;
        who->stands = false;
    }
    if (who->stands || model_doing(look->model, look->task) != MODEL_BLOCKED)
        return;
    who->stands_since = look->model->position - 1;
    who->stands = true;
    settle_deadlocks(look);
}

static void lock_requested(const struct look *look)
{
    const struct model_object *lock = &look->model->objects[look->object - 1];

    look->who->had_to_wait =
        (lock->owner && lock->owner != look->task) || lock->sharers > 0;
    look->who->turns_before = look->what->turns;
    look->who->asked = look->model->time;
    look->what->queue += look->who->had_to_wait;
    if (look->who->had_to_wait)
        look_for_deadlock(look);
}

// Returns whether the task had to wait.
static bool wait_ended(const struct look *look)
{
    bool had_to_wait = look->who->had_to_wait;

    look->what->queue -= had_to_wait && look->what->queue > 0;
    look->who->had_to_wait = false;
    return had_to_wait;
}

static void look_for_starvation(const struct look *look)
{
    uint64_t others = look->what->turns - look->who->turns_before;

    if (look->who->had_to_wait && others >= STARVED_TURNS)
        keep(look->findings, look->model,
             (struct finding){.kind = FINDING_STARVATION,
                              .task = look->task,
                              .object = look->object,
                              .event = look->who->stands_since,
                              .begin = look->who->asked,
                              .end = look->model->time});
}

static void lock_taken(const struct look *look)
{
    struct seen_object *lock = look->what;

    look_for_starvation(look);
    lock->turns++;
    if (!wait_ended(look) && lock->queue < CONVOY_QUEUE) {
        lock->convoy = 0;
        return;
    }
    if (lock->convoy++ == 0)
        lock->convoy_since = look->model->time;
    if (lock->convoy >= CONVOY_TAKERS)
        keep(look->findings, look->model,
             (struct finding){
                 .kind = FINDING_CONVOY,
                 .object = look->object,
                 .begin = lock->convoy_since,
                 .end = look->model->time,
                 .count = lock->convoy == CONVOY_TAKERS ? CONVOY_TAKERS : 1});
}

// ---- Conditions, queues, coroutines, the CPU --------------------------------

static void condition_waited(const struct look *look)
{
    look->what->waiters++;
    look->who->missed_signal = look->what->in_vain;
    look->who->condition = look->object;
    look->who->condition_since = look->model->time;
}

static void condition_left(const struct look *look)
{
    look->what->waiters -= look->what->waiters > 0;
    look->who->missed_signal = 0;
    look->who->condition = 0;
}

static void condition_signalled(const struct look *look)
{
    look->what->signalled = look->model->time;
    if (look->what->waiters == 0)
        look->what->in_vain = look->model->time;
}

static void put_requested(const struct look *look)
{
    const struct model_object *queue = &look->model->objects[look->object - 1];

    if (!queue->capacity || queue->value < (int64_t)queue->capacity ||
        look->who->met_full_queue) // it asks again behind each sleep
        return;
    look->who->met_full_queue = true;
    keep(look->findings, look->model,
         (struct finding){.kind = FINDING_QUEUE_FULL,
                          .object = look->object,
                          .begin = look->model->time,
                          .end = look->model->time});
}

static void put_answered(const struct look *look)
{
    look->who->met_full_queue = false;
}

// Is a turn that takes so long much longer than turns are? What takes less than
// a person can feel is no complaint.
static bool is_too_long(const struct model *model, uint64_t turn,
                        uint64_t others, uint64_t count)
{
    bool is_ns = model->reader->header.clock == TRACE_NANOSECONDS;

    return (!is_ns || turn >= GREEDY_LEAST_NS) &&
           turn / GREEDY_FACTOR > others / count;
}

static bool is_greedy(const struct seen_task *who, const struct model *model)
{
    return who->carries && who->turns >= 3 &&
           is_too_long(model, model->time - who->turn_since, who->turns_ns,
                       who->turns);
}

static void remember_longest(struct seen_task *who, uint64_t now)
{
    const struct seen_turn turn = {who->turn_since, now, who->turn_event,
                                   who->carries};
    const struct seen_turn *longest = &who->longest_turn;

    if (turn.end - turn.begin > longest->end - longest->begin)
        who->longest_turn = turn;
}

static void turn_ended(const struct look *look)
{
    struct seen_task *who = look->who;

    if (!who->carries)
        return;
    if (is_greedy(who, look->model))
        keep(look->findings, look->model,
             (struct finding){.kind = FINDING_GREEDY_COROUTINE,
                              .task = look->task,
                              .object = who->carries,
                              .begin = who->turn_since,
                              .end = look->model->time});
    remember_longest(who, look->model->time);
    who->turns++;
    who->turns_ns += look->model->time - who->turn_since;
    who->carries = 0;
}

static void coroutine_ran(const struct look *look)
{
    struct seen_task *who = look->who;

    turn_ended(look);
    who->carries = look->record->object ? look->object : 0;
    who->turn_since = look->model->time;
    who->turn_event = look->model->position - 1;
    if (who->first_coroutine == 0)
        who->first_coroutine = who->carries;
    who->carries_several |=
        who->carries && who->carries != who->first_coroutine;
}

static void got_ready(const struct look *look)
{
    look->who->ready_since = look->model->time;
    look->who->ready_event = look->model->position - 1;
}

static void got_cpu(const struct look *look)
{
    struct seen_task *who = look->who;
    uint64_t ready = look->model->time - who->ready_since;

    if (who->ready_since && ready > who->longest_ready) {
        who->longest_ready = ready;
        who->longest_since = who->ready_since;
        who->longest_event = who->ready_event;
    }
    who->ready_since = 0;
}

// ---- Each event -------------------------------------------------------------

static void look_at(const struct look *look)
{
    switch (TRACE_KIND(look->record->last)) {
    case TRACE_LOCK_REQUEST:
    case TRACE_SHARE_REQUEST:
        lock_requested(look);
        break;
    case TRACE_LOCK_ACQUIRE:
    case TRACE_SHARE_ACQUIRE:
        lock_taken(look);
        break;
    case TRACE_LOCK_FAIL:
        wait_ended(look);
        break;
    case TRACE_JOIN_REQUEST:
        look_for_deadlock(look);
        break;
    case TRACE_COND_WAIT:
        condition_waited(look);
        break;
    case TRACE_COND_WAKE:
    case TRACE_COND_TIMEOUT:
        condition_left(look);
        break;
    case TRACE_COND_SIGNAL:
    case TRACE_COND_BROADCAST:
        condition_signalled(look);
        break;
    case TRACE_PUT_REQUEST:
        put_requested(look);
        break;
    case TRACE_PUT:
    case TRACE_QUEUE_FAIL:
        put_answered(look);
        break;
    case TRACE_CO_RUN:
        coroutine_ran(look);
        break;
    case TRACE_CO_END:
        turn_ended(look);
        break;
    case TRACE_FAILURE:
        look->findings->watch->failure = look->model->position;
        break;
    case TRACE_CPU_PREEMPT:
    case TRACE_CPU_WAKE:
        got_ready(look);
        break;
    case TRACE_CPU_RUN:
        got_cpu(look);
        break;
    default:
        break;
    }
}

// The trace has grown: what held because nothing followed is open again.
static void go_on(struct findings *findings)
{
    size_t kept = 0;

    for (size_t i = 0; i < findings->count; i++)
        if (!findings->all[i].at_end)
            findings->all[kept++] = findings->all[i];
    findings->count = kept;
    findings->watch->is_at_end = false;
}

void findings_see(struct findings *findings, const struct model *model)
{
    struct finding_watch *watch = findings->watch;
    size_t number = model->position - 1;
    struct look look = {.findings = findings,
                        .model = model,
                        .record = reader_event(model->reader, number),
                        .task = reader_task(model->reader, number)};
    enum trace_meaning meaning =
        trace_kind_of(TRACE_KIND(look.record->last))->object;
    const struct model_object *object;

    if (watch->is_at_end)
        go_on(findings);
    if (!keep_up(watch, model) || !keep_up_tasks(watch, model)) {
        findings->no_memory = true;
        return;
    }
    object = model_object(model, look.task, meaning, look.record->object);
    look.who = &watch->tasks[look.task];
    if (object) {
        look.object = (uint32_t)(object - model->objects) + 1;
        look.what = &watch->objects[look.object - 1];
        look_at(&look);
    } else if (meaning == TRACE_TID || meaning == TRACE_CPU_NUMBER ||
               meaning == TRACE_NOTHING || meaning == TRACE_COROUTINE ||
               meaning == TRACE_NAME) {
        look_at(&look); // a thread goes back to its own code: no coroutine
    }
    if (model->moved)
        follow_wait(&look);
}

// ---- Behind the last one ----------------------------------------------------

// Did a signal end the process of task?
static bool was_killed(const struct model *model, uint32_t task)
{
    const struct trace_entry *entry = reader_entry(model->reader, task);

    for (uint32_t i = 1; entry && i < model->task_count; i++) {
        const struct trace_entry *other = reader_entry(model->reader, i);

        if (other && other->pid == entry->pid &&
            model->tasks[i].life == TRACE_EXITED &&
            WIFSIGNALED(model->tasks[i].status))
            return true;
    }
    return false;
}

// The condition that task waits for, or did when its process was killed, which
// is how a program that hangs mostly ends; object + 1, 0: none.
static uint32_t still_waits(const struct findings *f, const struct model *model,
                            uint32_t task)
{
    const struct seen_task *who = &f->watch->tasks[task];
    const struct seen_object *condition;

    if (!who->condition ||
        (model->tasks[task].life == TRACE_EXITED && !was_killed(model, task)))
        return 0;
    condition = &f->watch->objects[who->condition - 1];
    return condition->signalled > who->condition_since ? 0 : who->condition;
}

static void look_for_lost_wakeup(struct findings *f, const struct model *model,
                                 uint32_t task)
{
    const struct seen_task *who = &f->watch->tasks[task];
    bool is_over = model->tasks[task].life == TRACE_EXITED;
    uint32_t condition = still_waits(f, model, task);

    if (condition && who->missed_signal)
        keep(f, model,
             (struct finding){.at_end = true,
                              .kind = FINDING_LOST_WAKEUP,
                              .task = task,
                              .object = condition,
                              .event = is_over ? who->stands_since : 0,
                              .begin = who->missed_signal,
                              .end = model->time});
}

// Has the explorer come to where everybody waits, and nobody for what another
// one has?
static bool nobody_is_left(const struct model *model)
{
    for (uint32_t i = 1; i < model->task_count; i++) {
        const struct trace_state *state = &model->tasks[i];
        enum trace_meaning awaited = model_awaited(model, i);

        if (state->life == TRACE_ALIVE &&
            (!state->waits || awaited == TRACE_LOCK ||
             awaited == TRACE_BARRIER || state->waits == TRACE_SLEEP_BEGIN))
            return false;
    }
    return model->source == TRACE_SOURCE_EXPLORER;
}

// Nobody gave a signal at all, and nobody is left who could.
static void look_for_no_signal(struct findings *f, const struct model *model,
                               uint32_t task)
{
    const struct seen_task *who = &f->watch->tasks[task];

    if (model->tasks[task].waits == TRACE_COND_WAIT && who->condition &&
        !who->missed_signal && nobody_is_left(model))
        keep(f, model,
             (struct finding){.at_end = true,
                              .kind = FINDING_LOST_WAKEUP,
                              .task = task,
                              .object = who->condition,
                              .was_never_sent = true,
                              .begin = who->condition_since,
                              .end = model->time});
}

// A turn that has not ended yet.
static void look_for_greed(struct findings *f, const struct model *model,
                           uint32_t task)
{
    const struct seen_task *who = &f->watch->tasks[task];

    if (is_greedy(who, model) &&
        !same(f, FINDING_GREEDY_COROUTINE, task, who->carries))
        keep(f, model,
             (struct finding){.kind = FINDING_GREEDY_COROUTINE,
                              .at_end = true,
                              .task = task,
                              .object = who->carries,
                              .begin = who->turn_since,
                              .end = model->time});
}

// One of the first turns, before anybody could know what turns take here: only
// the end shows that it was by far the longest, while there were others.
static void look_for_long_turn(struct findings *f, const struct model *model,
                               uint32_t task)
{
    const struct seen_task *who = &f->watch->tasks[task];
    const struct seen_turn *longest = &who->longest_turn;
    uint64_t ns = longest->end - longest->begin;

    if (model->reader->header.clock != TRACE_NANOSECONDS ||
        !who->carries_several || who->turns < 2 ||
        !is_too_long(model, ns, who->turns_ns - ns, who->turns - 1) ||
        same(f, FINDING_GREEDY_COROUTINE, task, longest->object))
        return;
    keep(f, model,
         (struct finding){.kind = FINDING_GREEDY_COROUTINE,
                          .at_end = true,
                          .task = task,
                          .object = longest->object,
                          .event = longest->event,
                          .begin = longest->begin,
                          .end = longest->end});
}

// Ready for a quarter of the whole trace, and for 50 ms at least.
static bool is_hungry(const struct seen_task *who, const struct model *model)
{
    const struct trace_header *header = &model->reader->header;

    return header->clock == TRACE_NANOSECONDS &&
           who->longest_ready >= 50000000 &&
           who->longest_ready >= (model->time - header->start) / 4;
}

// Said once, of the one that was ready longest.
static void look_for_hunger(struct findings *f, const struct model *model)
{
    struct finding worst = {.kind = FINDING_STARVATION, .at_end = true};

    for (uint32_t i = 1; i < f->watch->task_count; i++) {
        const struct seen_task *who = &f->watch->tasks[i];

        if (!is_hungry(who, model))
            continue;
        worst.count++;
        if (worst.task && who->longest_ready <= worst.end - worst.begin)
            continue;
        worst.task = i;
        worst.event = who->longest_event;
        worst.begin = who->longest_since;
        worst.end = who->longest_since + who->longest_ready;
    }
    if (worst.task)
        keep(f, model, worst);
}

static void look_for_loss(struct findings *f, const struct model *model)
{
    uint64_t lost = reader_lost(model->reader) +
                    (uint64_t)model->reader->header.overwritten;

    if (lost > 0)
        keep(f, model,
             (struct finding){.at_end = true,
                              .kind = FINDING_LOSS,
                              .begin = model->reader->header.start,
                              .end = model->time,
                              .count = lost});
}

// Who waits for ever, or has ended, says only what the waits themselves show.
static bool is_told(const struct findings *f, const struct model *model,
                    uint32_t task)
{
    bool shows_wait = false;

    for (size_t i = 0; i < f->count; i++)
        shows_wait |= f->all[i].kind == FINDING_DEADLOCK ||
                      f->all[i].kind == FINDING_LOST_WAKEUP;
    return shows_wait && (model->tasks[task].waits ||
                          model->tasks[task].life == TRACE_EXITED);
}

static void look_for_failure(struct findings *f, const struct model *model)
{
    size_t event = f->watch->failure - 1;
    uint32_t task;

    if (f->watch->failure == 0)
        return;
    task = reader_task(model->reader, event);
    if (!is_told(f, model, task))
        keep(f, model,
             (struct finding){.kind = FINDING_FAILURE,
                              .at_end = true,
                              .task = task,
                              .event = event,
                              .begin = reader_event(model->reader, event)->time,
                              .end = model->time});
}

static int by_begin(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;

    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return x->event < y->event ? -1 : x->event > y->event;
}

static void forget_watch(struct findings *findings)
{
    if (findings->watch) {
        free(findings->watch->tasks);
        free(findings->watch->objects);
    }
    free(findings->watch);
    findings->watch = NULL;
}

void findings_end(struct findings *findings, const struct model *model)
{
    for (uint32_t i = 1; i < findings->watch->task_count; i++) {
        look_for_lost_wakeup(findings, model, i);
        look_for_no_signal(findings, model, i);
        look_for_greed(findings, model, i);
        look_for_long_turn(findings, model, i);
    }
    look_for_failure(findings, model);
    look_for_hunger(findings, model);
    look_for_loss(findings, model);
    if (findings->count)
        qsort(findings->all, findings->count, sizeof *findings->all, by_begin);
    findings->watch->is_at_end = true;
}

bool findings_begin(struct findings *findings, const struct model *model)
{
    struct finding_watch *watch = calloc(1, sizeof *watch);

    *findings = (struct findings){.watch = watch};
    if (watch)
        watch->tasks = calloc(model->task_count, sizeof *watch->tasks);
    if (!watch || !watch->tasks) {
        findings_free(findings);
        return false;
    }
    watch->task_count = model->task_count;
    return true;
}

bool findings_build(struct findings *findings, struct model *model)
{
    if (!findings_begin(findings, model))
        return false;
    model_seek(model, 0);
    while (model->position < model->reader->count) {
        model_step(model, 1);
        findings_see(findings, model);
    }
    findings_end(findings, model);
    if (!findings->no_memory)
        return true;
    findings_free(findings);
    return false;
}

void findings_free(struct findings *findings)
{
    forget_watch(findings);
    free(findings->all);
    *findings = (struct findings){0};
}
