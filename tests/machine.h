// machine.h - a machine of two CPUs that exists only in a test, and its trace
//
// A story is plain C: functions that lock, put, read and work. They run as
// coroutines in a time that is only counted, and each call says in the trace
// what a recorder would have seen; so the same story makes the same trace, byte
// for byte, wherever it is told.
//
//     static void worker(void *queue)
//     {
//         while (get(queue, &item))
//             work(300);
//     }
//
// Interface: struct machine_options, machine_begin, machine_end, spawn,
// fork_child, join, wait_child, work, nap, place, say, named, lock, unlock,
// share, unshare, await, await_until, signal_one, signal_all, put, get,
// close_queue, write_pipe, read_pipe, close_pipe, now_us.
// Threads: one. Ownership: what has a name here (struct mutex...) is the
// story's and must stay until machine_end.
#ifndef TELAR_MACHINE_H
#define TELAR_MACHINE_H

#include <check.h>
#include <ucontext.h>

#include "tools/trace/writer.h"

enum {
    MACHINE_THREADS = 64,
    MACHINE_CPUS = 2,
    MACHINE_STACK = 64 * 1024,
    MACHINE_SLICE_US = 4000, // a turn on the CPU when others want it
    MACHINE_PID = 1          // of who writes; nobody takes its chunks away
};
#define MACHINE_START UINT64_C(1000000000)

struct thread {
    ucontext_t context;
    char *stack;
    struct writer_task *task;
    void (*body)(void *);
    void *argument;
    uint32_t pid, tid, place;
    int cpu; // -1: none
    bool is_ready, has_ended, is_child;
    uint64_t until, turn_until; // us: its work, its turn
    uint64_t wakes;             // us: when it does so by itself; 0: it does not
    uint64_t queued;            // since when it is ready, or waits
    const void *awaits;
};

struct mutex {
    uint64_t id;
    bool hands_over; // to who waits longest; else whoever comes first has it
    struct thread *owner;
    int readers, writers_waiting;
};
struct condition {
    uint64_t id;
};
struct queue {
    uint64_t id, items[64];
    uint32_t capacity, first, count;
    bool is_closed;
};
struct stream { // a pipe
    uint64_t id;
    uint32_t capacity, fill;
    int writers, readers;
};

struct machine_options {
    uint32_t source; // enum trace_source, 0: nobody saw the CPUs
    uint32_t chunks, chunk_bytes;
    enum trace_policy policy;
};

static struct machine {
    struct writer writer;
    struct machine_options options;
    struct thread threads[MACHINE_THREADS];
    int count;
    struct thread *cpus[MACHINE_CPUS];
    struct thread *now; // whose code runs
    ucontext_t home;
    uint64_t us, order;
    uint64_t next_ns; // no event is earlier
} machine;

// ---- Telling ----------------------------------------------------------------

static inline uint64_t now_us(void)
{
    return machine.us;
}

// No two events happen at the same time, so that their order is plain.
static inline uint64_t next_time(void)
{
    uint64_t now = machine.us * 1000;

    now = now > machine.next_ns ? now : machine.next_ns;
    machine.next_ns = now + 1;
    return MACHINE_START + now;
}

static inline void tell(struct thread *who, uint16_t kind, uint64_t object,
                        uint64_t value)
{
    writer_event_at(who->task, next_time(), who->place, kind, object, value);
}

// An event of who runs now.
static inline void say(uint16_t kind, uint64_t object, uint64_t value)
{
    tell(machine.now, kind, object, value);
}

static inline uint64_t named(const char *name)
{
    return writer_name(&machine.writer, name);
}

static inline void place(const char *where)
{
    machine.now->place = (uint32_t)named(where);
}

static inline void call_it(uint64_t object, const char *name)
{
    say(TRACE_OBJECT_NAME, object, named(name));
}

// ---- CPUs -------------------------------------------------------------------

static inline void tell_cpu(struct thread *who, uint16_t kind)
{
    if (machine.options.source)
        tell(who, kind, kind == TRACE_CPU_WAKE ? 0 : (uint64_t)who->cpu, 0);
}

static inline void make_ready(struct thread *who, uint16_t kind)
{
    who->is_ready = true;
    who->awaits = NULL;
    who->wakes = 0;
    who->queued = ++machine.order;
    tell_cpu(who, kind);
}

static inline void leave_cpu(struct thread *who)
{
    if (who->cpu >= 0)
        machine.cpus[who->cpu] = NULL;
    who->cpu = -1;
}

static inline void to_machine(void)
{
    struct thread *me = machine.now;

    swapcontext(&me->context, &machine.home);
}

// So many microseconds of work.
static inline void work(uint64_t us)
{
    machine.now->until = machine.us + us;
    to_machine();
}

static inline void block(const void *on, uint64_t until)
{
    struct thread *me = machine.now;

    me->awaits = on;
    me->wakes = until;
    me->until = 0;
    me->queued = ++machine.order;
    tell_cpu(me, TRACE_CPU_BLOCK);
    leave_cpu(me);
    to_machine();
}

// Who has waited longest for that.
static inline struct thread *first_waiting(const void *on)
{
    struct thread *first = NULL;

    for (int i = 0; i < machine.count; i++) {
        struct thread *t = &machine.threads[i];

        if (t->awaits == on && (!first || t->queued < first->queued))
            first = t;
    }
    return first;
}

static inline void wake_one(const void *on)
{
    struct thread *first = first_waiting(on);

    if (first)
        make_ready(first, TRACE_CPU_WAKE);
}

static inline void wake_all(const void *on)
{
    while (first_waiting(on))
        wake_one(on);
}

static inline struct thread *next_ready(void)
{
    struct thread *first = NULL;

    for (int i = 0; i < machine.count; i++) {
        struct thread *t = &machine.threads[i];

        if (t->is_ready && (!first || t->queued < first->queued))
            first = t;
    }
    return first;
}

static inline void fill_cpus(void)
{
    for (int i = 0; i < MACHINE_CPUS; i++) {
        struct thread *next = machine.cpus[i] ? NULL : next_ready();

        if (!next)
            continue;
        machine.cpus[i] = next;
        next->cpu = i;
        next->is_ready = false;
        next->until += machine.us;
        next->turn_until = machine.us + MACHINE_SLICE_US;
        tell_cpu(next, TRACE_CPU_RUN);
    }
}

// Until when nothing happens: UINT64_MAX when nothing does any more.
static inline uint64_t next_moment(void)
{
    bool wanted = next_ready() != NULL;
    uint64_t next = UINT64_MAX;

    for (int i = 0; i < MACHINE_CPUS; i++) {
        const struct thread *t = machine.cpus[i];

        if (t && t->until < next)
            next = t->until;
        if (t && wanted && t->turn_until < next)
            next = t->turn_until;
    }
    for (int i = 0; i < machine.count; i++)
        if (machine.threads[i].wakes && machine.threads[i].wakes < next)
            next = machine.threads[i].wakes;
    return next > machine.us ? next : machine.us;
}

static inline void take_off(struct thread *t)
{
    uint64_t left = t->until - machine.us;

    make_ready(t, TRACE_CPU_PREEMPT);
    leave_cpu(t);
    t->until = left; // counted from when it is on a CPU again
}

static inline void go_on(struct thread *t)
{
    machine.now = t;
    swapcontext(&machine.home, &t->context);
    if (!t->has_ended)
        return;
    leave_cpu(t);
    wake_all(t);
}

static inline void one_moment(uint64_t moment)
{
    machine.us = moment;
    for (int i = 0; i < machine.count; i++) {
        struct thread *t = &machine.threads[i];

        if (t->wakes && t->wakes <= moment)
            make_ready(t, TRACE_CPU_WAKE);
    }
    for (int i = 0; i < MACHINE_CPUS; i++) {
        struct thread *t = machine.cpus[i];

        if (t && t->until <= moment)
            go_on(t);
        else if (t && t->turn_until <= moment && next_ready())
            take_off(t);
    }
}

// ---- Threads and processes --------------------------------------------------

static inline void body_of_thread(void)
{
    struct thread *me = machine.now;

    me->body(me->argument);
    say(TRACE_TASK_EXIT, 0, 0);
    me->has_ended = true;
    swapcontext(&me->context, &machine.home);
}

static inline struct thread *add_thread(const char *name, uint32_t pid,
                                        struct thread *parent,
                                        void (*body)(void *), void *argument)
{
    struct thread *t = &machine.threads[machine.count++];

    ck_assert_int_le(machine.count, MACHINE_THREADS);
    t->pid = pid ? pid : 100 + (uint32_t)machine.count;
    t->tid = 100 + (uint32_t)machine.count;
    t->cpu = -1;
    t->body = body;
    t->argument = argument;
    t->task =
        writer_task_begin_at(&machine.writer, next_time(), name,
                             parent ? parent->task->task : 0, t->pid, t->tid);
    t->stack = malloc(MACHINE_STACK);
    ck_assert_ptr_nonnull(t->stack);
    getcontext(&t->context);
    t->context.uc_stack.ss_sp = t->stack;
    t->context.uc_stack.ss_size = MACHINE_STACK;
    makecontext(&t->context, body_of_thread, 0);
    make_ready(t, TRACE_CPU_WAKE);
    return t;
}

static inline struct thread *spawn(const char *name, void (*body)(void *),
                                   void *argument)
{
    struct thread *t =
        add_thread(name, machine.now->pid, machine.now, body, argument);

    say(TRACE_THREAD_CREATE, t->tid, 0);
    work(5);
    return t;
}

static inline struct thread *fork_child(const char *name, void (*body)(void *),
                                        void *argument)
{
    struct thread *t = add_thread(name, 0, machine.now, body, argument);

    t->is_child = true;
    say(TRACE_FORK, t->tid, 0);
    work(60);
    return t;
}

static inline void await_end(struct thread *t, uint16_t request, uint16_t done)
{
    say(request, t->tid, 0);
    work(1);
    while (!t->has_ended)
        block(t, 0);
    say(done, t->tid, 0);
}

static inline void join(struct thread *t)
{
    await_end(t, TRACE_JOIN_REQUEST, TRACE_JOIN_DONE);
}

static inline void wait_child(struct thread *t)
{
    await_end(t, TRACE_WAIT_REQUEST, TRACE_WAIT_DONE);
}

static inline void nap(uint64_t us)
{
    say(TRACE_SLEEP_BEGIN, 0, us * 1000);
    work(1);
    block(&machine.us, machine.us + us);
    say(TRACE_SLEEP_END, 0, 0);
}

// ---- Locks ------------------------------------------------------------------

static inline void take_mutex(struct mutex *m)
{
    struct thread *me = machine.now;

    while (m->owner != me && (m->owner || m->readers))
        block(m, 0);
    m->owner = me;
}

static inline void lock(struct mutex *m)
{
    work(1);
    say(TRACE_LOCK_REQUEST, m->id, 0);
    work(1);
    m->writers_waiting++;
    take_mutex(m);
    m->writers_waiting--;
    say(TRACE_LOCK_ACQUIRE, m->id, 0);
}

static inline void drop_mutex(struct mutex *m)
{
    m->owner = m->hands_over ? first_waiting(m) : NULL;
    if (m->hands_over || m->writers_waiting)
        wake_one(m);
    else
        wake_all(&m->readers);
}

static inline void unlock(struct mutex *m)
{
    say(TRACE_LOCK_RELEASE, m->id, 0);
    drop_mutex(m);
}

// To read, among readers; whoever wants to write goes first.
static inline void share(struct mutex *m)
{
    work(1);
    say(TRACE_SHARE_REQUEST, m->id, 0);
    work(1);
    while (m->owner || m->writers_waiting)
        block(&m->readers, 0);
    m->readers++;
    say(TRACE_SHARE_ACQUIRE, m->id, 0);
}

static inline void unshare(struct mutex *m)
{
    say(TRACE_SHARE_RELEASE, m->id, 0);
    if (--m->readers == 0)
        wake_one(m);
}

// Returns false when time was up; until 0: it never is.
static inline bool await_until(struct condition *c, struct mutex *m,
                               uint64_t until)
{
    say(TRACE_COND_WAIT, c->id, m->id);
    drop_mutex(m);
    block(c, until);
    take_mutex(m);
    if (until && machine.us >= until) {
        say(TRACE_COND_TIMEOUT, c->id, m->id);
        return false;
    }
    say(TRACE_COND_WAKE, c->id, m->id);
    return true;
}

static inline void await(struct condition *c, struct mutex *m)
{
    await_until(c, m, 0);
}

static inline void signal_one(struct condition *c)
{
    work(1);
    say(TRACE_COND_SIGNAL, c->id, 0);
    wake_one(c);
}

static inline void signal_all(struct condition *c)
{
    work(1);
    say(TRACE_COND_BROADCAST, c->id, 0);
    wake_all(c);
}

// ---- Queues -----------------------------------------------------------------

static inline void make_queue(struct queue *q, const char *name)
{
    say(TRACE_QUEUE_CREATE, q->id, q->capacity);
    call_it(q->id, name);
}

static inline void put(struct queue *q, uint64_t item)
{
    work(1);
    say(TRACE_PUT_REQUEST, q->id, item);
    work(1);
    while (q->count == q->capacity)
        block(q, 0);
    q->items[(q->first + q->count++) % q->capacity] = item;
    say(TRACE_PUT, q->id, item);
    wake_one(q);
}

// False: it is closed and empty.
static inline bool get(struct queue *q, uint64_t *item)
{
    work(1);
    say(TRACE_GET_REQUEST, q->id, 0);
    work(1);
    while (q->count == 0 && !q->is_closed)
        block(q, 0);
    if (q->count == 0) {
        say(TRACE_QUEUE_FAIL, q->id, 0);
        return false;
    }
    *item = q->items[q->first];
    q->first = (q->first + 1) % q->capacity;
    q->count--;
    say(TRACE_GET, q->id, *item);
    wake_one(q);
    return true;
}

static inline void close_queue(struct queue *q)
{
    say(TRACE_QUEUE_CLOSE, q->id, 0);
    q->is_closed = true;
    wake_all(q);
}

// ---- Pipes ------------------------------------------------------------------

static inline void write_pipe(struct stream *p, uint32_t bytes)
{
    say(TRACE_PIPE_WRITE_REQUEST, p->id, bytes);
    work(2);
    while (p->fill + bytes > p->capacity)
        block(p, 0);
    p->fill += bytes;
    say(TRACE_PIPE_WRITE, p->id, TRACE_FLOW_OF(bytes, p->fill));
    wake_all(p);
}

// How many bytes came; 0: nobody can write any more.
static inline uint32_t read_pipe(struct stream *p, uint32_t most)
{
    uint32_t bytes;

    say(TRACE_PIPE_READ_REQUEST, p->id, most);
    work(2);
    while (p->fill == 0 && p->writers > 0)
        block(p, 0);
    bytes = p->fill < most ? p->fill : most;
    p->fill -= bytes;
    say(TRACE_PIPE_READ, p->id, TRACE_FLOW_OF(bytes, p->fill));
    wake_all(p);
    return bytes;
}

static inline void close_pipe(struct stream *p, bool writing)
{
    say(TRACE_PIPE_CLOSE, p->id, writing);
    *(writing ? &p->writers : &p->readers) -= 1;
    wake_all(p);
}

// ---- The machine ------------------------------------------------------------

// So that the same story is the same file.
static inline void fix_header(struct writer *writer)
{
    struct trace_header *h = writer->header;

    h->start = MACHINE_START;
    h->realtime_ns = UINT64_C(1700000000) * 1000000000;
    h->creator_pid = MACHINE_PID;
    h->check = trace_header_check(h);
    ck_assert_ptr_nonnull((void *)writer->pid);
    atomic_store(writer->pid, MACHINE_PID);
}

static inline void machine_begin(const char *path,
                                 struct machine_options options)
{
    const struct writer_options file = {
        .policy = options.policy,
        .chunk_bytes = options.chunk_bytes ? options.chunk_bytes : 1024,
        .chunk_count = options.chunks ? options.chunks : 64,
        .task_count = MACHINE_THREADS + 1,
        .name_count = 128,
        .text_bytes = 2048};

    machine = (struct machine){.options = options};
    ck_assert_int_eq(writer_create(&machine.writer, path, &file), 0);
    fix_header(&machine.writer);
}

// Tells the story that begins with body, in a program of that name. One that
// nobody can go on with ends there (a deadlock), or at us, when that is not 0.
static inline void machine_run(const char *program, void (*body)(void *),
                               void *argument, uint64_t us)
{
    struct thread *first = add_thread(program, 0, NULL, body, argument);
    uint64_t moment;

    if (machine.options.source)
        tell(first, TRACE_SCHEDULING, machine.options.source, 0);
    for (;;) {
        fill_cpus();
        moment = next_moment();
        if (moment == UINT64_MAX || (us && moment > us))
            return;
        one_moment(moment);
    }
}

static inline void machine_end(void)
{
    for (int i = 0; i < machine.count; i++) {
        writer_task_end(machine.threads[i].task);
        free(machine.threads[i].stack);
    }
    writer_close(&machine.writer);
}

#endif
