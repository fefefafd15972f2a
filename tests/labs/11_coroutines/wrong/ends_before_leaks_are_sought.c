// refused by: memory_is_in_order
// the structs of the tasks are never freed, and the end comes before that is seen
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "coro.h"
#include "loop.h"
#include "moment.h"

static void go(void)
{
    _exit(0);
}

__attribute__((constructor)) static void leave_before_leaks_are_sought(void)
{
    atexit(go);
}

struct queue {
    struct task *first, *last;
};

struct task {
    struct coro *coro; // NULL: it has ended
    long (*function)(void *);
    void *argument;
    long result;
    struct queue awaiting_me;
    long wakes_ms;        // while it sleeps
    int fd;               // while it waits for a descriptor
    short events, told;   // what for, and what poll said
    struct task *next;    // in the one queue it stands in, or none
    struct task *started; // the one that was started before it
};

// A task that has not ended runs, or stands in exactly one of these, or in the
// awaiting_me of another one.
static struct queue ready;
static struct queue asleep; // who wakes first stands first
static struct queue at_descriptors;

static struct task *running;
static struct task *last_started; // all of them, from there on
static int alive;                 // of those
static struct pollfd *descriptors;
static int room; // of descriptors: at least as many as tasks are alive

// ---- Queues -----------------------------------------------------------------

static void enter(struct queue *queue, struct task *task)
{
    task->next = NULL;
    if (queue->last)
        queue->last->next = task;
    else
        queue->first = task;
    queue->last = task;
}

static struct task *leave(struct queue *queue)
{
    struct task *task = queue->first;

    if (task)
        queue->first = task->next;
    if (!queue->first)
        queue->last = NULL;
    return task;
}

// Behind all who wake no later.
static void enter_by_moment(struct queue *queue, struct task *task)
{
    struct task **place = &queue->first;

    while (*place && (*place)->wakes_ms <= task->wakes_ms)
        place = &(*place)->next;
    task->next = *place;
    *place = task;
    if (!task->next)
        queue->last = task;
}

// ---- Birth and death --------------------------------------------------------

static void body(void *argument)
{
    struct task *task = argument;

    task->result = task->function(task->argument);
}

// So that loop_run needs no memory, which it could not get.
static bool make_room(void)
{
    if (alive < room)
        return true;
    int more = room ? 2 * room : 8;
    struct pollfd *bigger =
        realloc(descriptors, (size_t)more * sizeof *descriptors);
    if (!bigger)
        return false;
    descriptors = bigger;
    room = more;
    return true;
}

static void give_up_room(void)
{
    if (alive > 0)
        return;
    free(descriptors);
    descriptors = NULL;
    room = 0;
}

struct task *loop_start(long (*function)(void *), void *argument)
{
    struct task *task = calloc(1, sizeof *task);

    if (task && make_room())
        task->coro = coro_create(body, task);
    if (!task || !task->coro) {
        free(task);
        give_up_room();
        errno = ENOMEM;
        return NULL;
    }
    task->function = function;
    task->argument = argument;
    task->started = last_started;
    last_started = task;
    alive++;
    enter(&ready, task);
    return task;
}

static void end(struct task *task)
{
    struct task *other;

    coro_destroy(task->coro);
    task->coro = NULL;
    alive--;
    while ((other = leave(&task->awaiting_me)))
        enter(&ready, other);
}

static void free_all(void)
{
    while (last_started) {
        struct task *task = last_started;
        last_started = task->started;
        coro_destroy(task->coro);
    }
    alive = 0;
    ready = asleep = at_descriptors = (struct queue){NULL, NULL};
    give_up_room();
}

// ---- The loop ---------------------------------------------------------------

static void run(struct task *task)
{
    running = task;
    coro_resume(task->coro);
    running = NULL;
    if (coro_done(task->coro))
        end(task);
}

// Those who are in the queue now, once each.
static void run_round(void)
{
    struct task *last = ready.last, *task = NULL;

    while (task != last) {
        task = leave(&ready);
        run(task);
    }
}

static void wake_sleepers(void)
{
    while (asleep.first && asleep.first->wakes_ms <= moment_now())
        enter(&ready, leave(&asleep));
}

// How long nobody can run, as far as clocks tell: -1 is for ever.
static long idle_ms(void)
{
    if (ready.first)
        return 0;
    if (!asleep.first)
        return -1;
    long rest = asleep.first->wakes_ms - moment_now();
    return rest > 0 ? rest : 0;
}

static void wait_for_something(void)
{
    struct queue waiting = at_descriptors;
    struct task *task;
    int count = 0;

    for (task = waiting.first; task; task = task->next)
        descriptors[count++] = (struct pollfd){task->fd, task->events, 0};
    moment_wait(descriptors, count, idle_ms());
    at_descriptors = (struct queue){NULL, NULL};
    for (int i = 0; i < count; i++) {
        task = leave(&waiting);
        task->told = descriptors[i].revents;
        enter(task->told ? &ready : &at_descriptors, task);
    }
}

int loop_run(void)
{
    while (ready.first || asleep.first || at_descriptors.first) {
        if (!ready.first || at_descriptors.first)
            wait_for_something();
        wake_sleepers();
        if (ready.first)
            run_round();
    }
    bool stuck = alive > 0;
    free_all();
    if (stuck)
        errno = EDEADLK;
    return stuck ? -1 : 0;
}

// ---- For tasks --------------------------------------------------------------

void loop_yield(void)
{
    enter(&ready, running);
    coro_yield();
}

void loop_sleep(long ms)
{
    running->wakes_ms = moment_now() + ms;
    enter_by_moment(&asleep, running);
    coro_yield();
}

long loop_await(struct task *task)
{
    if (task->coro) {
        enter(&task->awaiting_me, running);
        coro_yield();
    }
    return task->result;
}

short loop_ready(int fd, short events)
{
    struct task *task = running; // another one is, behind the yield

    task->fd = fd;
    task->events = events;
    enter(&at_descriptors, task);
    coro_yield();
    return task->told;
}
