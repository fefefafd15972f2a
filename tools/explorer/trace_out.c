// trace_out.c - the replay of a failure as a trace file
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/error_words.h"
#include "tools/explorer/report_parts.h"
#include "tools/explorer/story.h"
#include "tools/explorer/tell.h"
#include "tools/explorer/trace_out.h"
#include "tools/trace/writer.h"

enum { TASK_LIMIT = 128, THE_PID = 1, COMMAND_MOST = 256 };

// Who has a lock, and how many times over.
struct hold {
    uint64_t lock;
    int owner; // task; -1: readers, or nobody
    int depth;
};

struct telling {
    struct names *names;
    const struct replay *replay;
    struct writer writer;
    struct writer_task *tasks[TASK_LIMIT];
    bool requested[TASK_LIMIT];     // told already that it waits
    uint64_t condition[TASK_LIMIT]; // each waits at, 0: none
    bool expired[TASK_LIMIT];       // its wait, by the time limit
    size_t last_step[TASK_LIMIT];   // index of its last step
    struct hold *holds;
    size_t hold_count;
    int running;   // task, -1: none yet
    bool preempts; // said of a step that is not told
    uint64_t time;
    const char *command; // that continues it, or NULL
};

static uint64_t tid_of(int task)
{
    return (uint64_t)task + 1;
}

static uint32_t place_of(struct telling *work, uint64_t pc)
{
    char text[300];

    tell_place(work->names, pc, text, sizeof text);
    return *text ? writer_name(&work->writer, text) : 0;
}

static void put(struct telling *work, int task, uint64_t pc, uint16_t kind,
                uint64_t object, uint64_t value)
{
    if (task >= 0 && task < TASK_LIMIT && work->tasks[task])
        writer_event_at(work->tasks[task], work->time, place_of(work, pc), kind,
                        object, value);
}

static uint32_t name_at(struct telling *work, uint64_t address, uint64_t size)
{
    char text[300];

    names_what(work->names, address, size, text, sizeof text);
    return writer_name(&work->writer, text);
}

// ---- Who holds what ---------------------------------------------------------

static struct hold *hold_of(struct telling *work, uint64_t lock)
{
    for (size_t i = 0; i < work->hold_count; i++)
        if (work->holds[i].lock == lock)
            return &work->holds[i];
    work->holds = grow(work->holds, work->hold_count, sizeof *work->holds);
    work->holds[work->hold_count] = (struct hold){lock, -1, 0};
    return &work->holds[work->hold_count++];
}

// Unless the task said so when it began to wait.
static void request(struct telling *work, const struct step *step,
                    uint16_t kind, uint64_t object)
{
    if (!work->requested[step->task])
        put(work, step->task, step->pc, kind, object, 0);
    work->requested[step->task] = false;
}

static void acquire(struct telling *work, const struct step *step, bool shared)
{
    struct hold *hold = hold_of(work, step->address);
    bool fails =
        step->alternative == EXPIRE || (step->has_value && step->value == 0);

    request(work, step, shared ? TRACE_SHARE_REQUEST : TRACE_LOCK_REQUEST,
            step->address);
    put(work, step->task, step->pc,
        fails    ? TRACE_LOCK_FAIL
        : shared ? TRACE_SHARE_ACQUIRE
                 : TRACE_LOCK_ACQUIRE,
        step->address, 0);
    if (fails)
        return;
    hold->owner = shared ? -1 : step->task;
    hold->depth++;
}

static void release(struct telling *work, const struct step *step)
{
    struct hold *hold = hold_of(work, step->address);
    bool shared = step->op == OP_READ_WRITE_UNLOCK && hold->owner < 0;

    put(work, step->task, step->pc,
        shared ? TRACE_SHARE_RELEASE : TRACE_LOCK_RELEASE, step->address, 0);
    if (hold->depth > 0 && --hold->depth == 0)
        hold->owner = -1;
}

// ---- Conditions and barriers ------------------------------------------------

// The mutex that the wait of this step gives up: the one that the task takes
// again behind it, or the last one it took.
static uint64_t mutex_of_wait(struct telling *work, size_t index)
{
    const struct replay *replay = work->replay;
    int task = replay->steps[index].task;

    for (size_t i = index + 1; i < replay->step_count; i++)
        if (replay->steps[i].task == task && replay->steps[i].op == OP_RELOCK)
            return replay->steps[i].address;
    for (size_t i = work->hold_count; i-- > 0;)
        if (work->holds[i].owner == task)
            return work->holds[i].lock;
    return 0;
}

static void wait_at(struct telling *work, size_t index)
{
    const struct step *step = &work->replay->steps[index];
    uint64_t mutex = mutex_of_wait(work, index);
    struct hold *hold = hold_of(work, mutex);

    put(work, step->task, step->pc, TRACE_COND_WAIT, step->address, mutex);
    hold->owner = -1;
    hold->depth = 0;
    work->condition[step->task] = step->address;
    work->expired[step->task] = false;
}

static void wake(struct telling *work, const struct step *step)
{
    struct hold *hold = hold_of(work, step->address);

    put(work, step->task, step->pc,
        work->expired[step->task] ? TRACE_COND_TIMEOUT : TRACE_COND_WAKE,
        work->condition[step->task], step->address);
    hold->owner = step->task;
    hold->depth = 1;
}

// Whoever comes last to a barrier leaves it at once.
static void arrive_at_barrier(struct telling *work, size_t index)
{
    const struct replay *replay = work->replay;
    const struct step *step = &replay->steps[index];
    bool waits = index == work->last_step[step->task] &&
                 step->task < (int)replay->task_count &&
                 replay->tasks[step->task].op == OP_LEAVE;

    put(work, step->task, step->pc, TRACE_BARRIER_WAIT, step->address, 0);
    for (size_t i = index + 1; i < replay->step_count; i++)
        if (replay->steps[i].task == step->task) {
            waits = replay->steps[i].op == OP_LEAVE;
            break;
        }
    if (!waits)
        put(work, step->task, step->pc, TRACE_BARRIER_LEAVE, step->address, 0);
}

// ---- Tasks ------------------------------------------------------------------

static void begin_task(struct telling *work, int task, int creator)
{
    char name[120];

    if (task < 0 || task >= TASK_LIMIT || work->tasks[task])
        return;
    tell_thread(work->names, work->replay, task, name, sizeof name);
    work->tasks[task] = writer_task_begin(
        &work->writer, name,
        creator >= 0 && work->tasks[creator] ? work->tasks[creator]->task : 0,
        THE_PID, (uint32_t)tid_of(task));
    put(work, task, 0, TRACE_CPU_PREEMPT, 0, 0); // ready, not running
}

static void create(struct telling *work, const struct step *step)
{
    put(work, step->task, step->pc, TRACE_THREAD_CREATE,
        tid_of((int)step->address), 0);
    begin_task(work, (int)step->address, step->task);
}

static void switch_to(struct telling *work, const struct step *step)
{
    if (work->running == step->task)
        return;
    if (work->running >= 0)
        put(work, work->running, 0,
            step->preempts || work->preempts ? TRACE_CPU_PREEMPT
                                             : TRACE_CPU_BLOCK,
            0, 0);
    put(work, step->task, 0, TRACE_CPU_RUN, 0, 0);
    work->running = step->task;
}

// ---- Steps ------------------------------------------------------------------

// A step without a number of its own (play.c) is a thread's own affair.
static bool is_told(const struct replay *replay, size_t index)
{
    return replay->steps[index].number >
           (index > 0 ? replay->steps[index - 1].number : 0);
}

static void access_step(struct telling *work, const struct step *step)
{
    uint32_t name = name_at(work, step->address, step->size_bytes);

    put(work, step->task, step->pc,
        step->op == OP_READ ? TRACE_MARK : TRACE_COUNTER, name,
        step->has_value ? step->value : 0);
}

// Kinds that need no more than the object. 0: another.
static uint16_t simple_kind(enum op_kind op)
{
    switch (op) {
    case OP_SIGNAL:
        return TRACE_COND_SIGNAL;
    case OP_BROADCAST:
        return TRACE_COND_BROADCAST;
    case OP_SEM_POST:
        return TRACE_SEM_POST;
    case OP_LEAVE:
        return TRACE_BARRIER_LEAVE;
    case OP_YIELD:
        return TRACE_YIELD;
    default:
        return 0;
    }
}

static void two(struct telling *work, const struct step *step, uint16_t first,
                uint16_t second, uint64_t object)
{
    request(work, step, first, object);
    put(work, step->task, step->pc, second, object, 0);
}

static void sync_step(struct telling *work, const struct step *step)
{
    bool expires = step->alternative == EXPIRE;

    switch (step->op) {
    case OP_READ_LOCK:
    case OP_TRY_READ_LOCK:
    case OP_TIMED_READ_LOCK:
        acquire(work, step, true);
        break;
    case OP_LOCK:
    case OP_TRYLOCK:
    case OP_TIMEDLOCK:
    case OP_WRITE_LOCK:
    case OP_TRY_WRITE_LOCK:
    case OP_TIMED_WRITE_LOCK:
        acquire(work, step, false);
        break;
    case OP_UNLOCK:
    case OP_READ_WRITE_UNLOCK:
        release(work, step);
        break;
    case OP_SEM_WAIT:
    case OP_SEM_TIMEDWAIT:
        two(work, step, TRACE_SEM_REQUEST,
            expires ? TRACE_SEM_FAIL : TRACE_SEM_ACQUIRE, step->address);
        break;
    case OP_COND_SLEEP:
        work->expired[step->task] = expires;
        break;
    case OP_RELOCK:
        wake(work, step);
        break;
    default:
        put(work, step->task, step->pc,
            simple_kind(step->op) ? simple_kind(step->op) : TRACE_PLACE,
            simple_kind(step->op) ? step->address : 0, 0);
    }
}

static void one_step(struct telling *work, size_t index)
{
    const struct step *step = &work->replay->steps[index];

    work->time = work->writer.step = step->number;
    switch_to(work, step);
    work->preempts = false;
    switch (step->op) {
    case OP_CREATE:
        create(work, step);
        break;
    case OP_JOIN:
        two(work, step, TRACE_JOIN_REQUEST, TRACE_JOIN_DONE,
            tid_of((int)step->address));
        break;
    case OP_READ:
    case OP_WRITE:
    case OP_UPDATE:
        access_step(work, step);
        break;
    case OP_ALLOCATE:
    case OP_FREE:
        put(work, step->task, step->pc,
            step->op == OP_FREE ? TRACE_FREE : TRACE_ALLOC, step->address,
            step->size_bytes);
        break;
    case OP_SLEEP:
        two(work, step, TRACE_SLEEP_BEGIN, TRACE_SLEEP_END, 0);
        break;
    case OP_COND_WAIT:
        wait_at(work, index);
        break;
    case OP_BARRIER:
        arrive_at_barrier(work, index);
        break;
    default:
        sync_step(work, step);
    }
}

// A thread ends behind its last step.
static void end_task(struct telling *work, size_t index)
{
    int task = work->replay->steps[index].task;

    if (task >= (int)work->replay->task_count ||
        work->replay->tasks[task].life != TOLD_FINISHED ||
        work->last_step[task] != index)
        return;
    put(work, task, 0, TRACE_TASK_EXIT, 0, 0);
    work->running = -1;
}

// ---- The end ----------------------------------------------------------------

static uint16_t request_kind(enum op_kind op)
{
    switch (op) {
    case OP_JOIN:
        return TRACE_JOIN_REQUEST;
    case OP_LOCK:
    case OP_TIMEDLOCK:
    case OP_RELOCK:
    case OP_WRITE_LOCK:
    case OP_TIMED_WRITE_LOCK:
        return TRACE_LOCK_REQUEST;
    case OP_READ_LOCK:
    case OP_TIMED_READ_LOCK:
        return TRACE_SHARE_REQUEST;
    case OP_SEM_WAIT:
    case OP_SEM_TIMEDWAIT:
        return TRACE_SEM_REQUEST;
    default:
        return TRACE_PLACE;
    }
}

static uint64_t message_in(struct telling *work, bool spanish)
{
    bool before = lang_is_spanish;
    char message[256];

    lang_is_spanish = spanish;
    tell_message(work->names, work->replay, message, sizeof message);
    lang_is_spanish = before;
    return writer_name(&work->writer, message);
}

// Said by who failed, where: how to go on from here, and what went wrong.
static void tell_failure(struct telling *work)
{
    const struct told_failure *failure = &work->replay->failure;
    int task = failure->task < 0 ? 0 : failure->task;

    if (work->command && strlen(work->command) < COMMAND_MOST)
        put(work, task, failure->pc, TRACE_NOTE,
            writer_name(&work->writer, work->command), 0);
    put(work, task, failure->pc, TRACE_FAILURE, message_in(work, false),
        message_in(work, true));
}

static void tell_waiter(struct telling *work, const struct told_task *task)
{
    uint16_t kind = request_kind(task->op);

    if (!work->requested[task->number])
        put(work, task->number, task->pc, kind,
            kind == TRACE_PLACE   ? 0
            : task->op == OP_JOIN ? tid_of((int)task->address)
                                  : task->address,
            0);
    put(work, task->number, task->pc, TRACE_CPU_BLOCK, 0, 0);
}

// What those who wait at the end wait for; who ended the program does not wait.
// Returns whether there are any.
static bool tell_last_waits(struct telling *work)
{
    const struct replay *replay = work->replay;
    bool somebody = false;

    for (size_t i = 0; i < replay->task_count; i++) {
        const struct told_task *task = &replay->tasks[i];

        if (!tell_waits(task) || task->number >= TASK_LIMIT)
            continue;
        if (replay->has_exited && task->op == OP_EXIT) {
            put(work, task->number, task->pc, TRACE_TASK_EXIT, 0, 0);
            continue;
        }
        tell_waiter(work, task);
        somebody = true;
    }
    return somebody;
}

// A wait that never ends lasts one step at least: without that what hangs would
// be a point, and nobody would see it.
static void tell_end(struct telling *work)
{
    bool has_failed = work->replay->failure.kind != NO_FAILURE;

    work->time = ++work->writer.step;
    if (tell_last_waits(work) && has_failed)
        work->time = ++work->writer.step;
    if (has_failed)
        tell_failure(work);
}

static void tell_waits_until(struct telling *work, size_t *next, size_t after)
{
    const struct replay *replay = work->replay;

    for (;
         *next < replay->wait_count && replay->waits[*next].after_step <= after;
         ++*next) {
        const struct told_wait *wait = &replay->waits[*next];
        uint16_t kind = request_kind(wait->op);

        if (wait->task >= TASK_LIMIT || wait->op == OP_RELOCK ||
            kind == TRACE_PLACE)
            continue;
        put(work, wait->task, wait->pc, kind,
            wait->op == OP_JOIN ? tid_of((int)wait->address) : wait->address,
            0);
        work->requested[wait->task] = true;
    }
}

static void name_objects(struct telling *work)
{
    const struct replay *replay = work->replay;

    for (size_t i = 0; i < replay->object_count; i++)
        put(work, 0, 0, TRACE_OBJECT_NAME, replay->objects[i].address,
            name_at(work, replay->objects[i].address, 0));
}

static void tell_outputs(struct telling *work, size_t *next, size_t after)
{
    const struct replay *replay = work->replay;

    for (; *next < replay->output_count &&
           replay->outputs[*next].after_step <= after;
         ++*next)
        put(work, replay->outputs[*next].task, 0, TRACE_OUTPUT,
            (uint64_t)replay->outputs[*next].fd,
            replay->outputs[*next].size_bytes);
}

static void tell_all(struct telling *work)
{
    const struct replay *replay = work->replay;
    size_t output = 0, wait = 0;

    for (size_t i = 0; i < replay->step_count; i++)
        if (is_told(replay, i))
            work->last_step[replay->steps[i].task & (TASK_LIMIT - 1)] = i;
    begin_task(work, 0, -1);
    put(work, 0, 0, TRACE_SCHEDULING, TRACE_SOURCE_EXPLORER, 0);
    name_objects(work);
    for (size_t i = 0; i < replay->step_count; i++) {
        tell_outputs(work, &output, i);
        if (!is_told(replay, i))
            work->preempts |= replay->steps[i].preempts;
        else if (replay->steps[i].task < TASK_LIMIT)
            one_step(work, i);
        tell_outputs(work, &output, i + 1);
        tell_waits_until(work, &wait, i + 1);
        end_task(work, i);
    }
    tell_end(work);
}

// Room for every event: a step has at most six, and each thread chunks of its
// own.
static struct writer_options enough_for(const struct replay *replay)
{
    size_t events = 6 * replay->step_count + 2 * replay->wait_count +
                    replay->output_count + replay->object_count +
                    4 * replay->task_count + 16;

    return (struct writer_options){
        .clock = TRACE_STEPS,
        .chunk_count = (uint32_t)(events / 100 + 2 * replay->task_count + 8),
        .task_count = (uint32_t)replay->task_count + 2};
}

static bool write_replay(struct telling *work,
                         const struct writer_options *options, const char *path,
                         char *error, size_t error_size)
{
    int reason = writer_create(&work->writer, path, options);

    if (reason) {
        snprintf(error, error_size, "%s", error_words(reason));
        return false;
    }
    tell_prepare(work->names, work->replay);
    tell_all(work);
    writer_close(&work->writer);
    free(work->holds);
    return true;
}

bool trace_out_write(const struct exploration *result, const char *command,
                     const char *path, char *error, size_t error_size)
{
    static const struct writer_options options = {.clock = TRACE_STEPS};
    struct telling work = {.names = result->names,
                           .replay = &result->replay,
                           .running = -1,
                           .command = command};

    return write_replay(&work, &options, path, error, error_size);
}

bool trace_out_replay(struct names *names, const struct replay *replay,
                      const char *path, char *error, size_t error_size)
{
    struct writer_options options = enough_for(replay);
    struct telling work = {.names = names, .replay = replay, .running = -1};

    return write_replay(&work, &options, path, error, error_size);
}
