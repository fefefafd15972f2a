// worker.c - calls the student's gate, barrier and rw, alone and with threads
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>

#include "tools/grader/worker.h"

#include "barrier.h"
#include "gate.h"
#include "rw.h"

enum { THREADS = 16, WORK_US = 50 * 1000 };

// ---- gate -------------------------------------------------------------------

static void *go_through(void *gate)
{
    gate_wait(gate);
    return NULL;
}

// Opens it and goes through it, so many times.
static void call_gate_wait(struct call *call)
{
    long long times = take_int(call);
    struct gate gate;

    gate_init(&gate);
    gate_open(&gate);
    for (long long i = 0; i < times; i++)
        gate_wait(&gate);
}

// Threads go through it, and it is opened by this one.
static void call_gate_open(struct call *call)
{
    int count = (int)take_int(call);
    pthread_t threads[THREADS];
    struct gate gate;

    gate_init(&gate);
    for (int i = 0; i < count; i++)
        pthread_create(&threads[i], NULL, go_through, &gate);
    gate_open(&gate);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
}

// ---- barrier ----------------------------------------------------------------

static struct barrier barrier;
static atomic_int told_to_be_last;

static void *meet(void *unused)
{
    if (barrier_wait(&barrier))
        told_to_be_last++;
    return unused;
}

// One round for so many threads.
static void call_barrier_wait(struct call *call)
{
    int parties = (int)take_int(call);
    pthread_t threads[THREADS];

    told_to_be_last = 0;
    barrier_init(&barrier, parties);
    for (int i = 1; i < parties; i++)
        pthread_create(&threads[i], NULL, meet, NULL);
    meet(NULL);
    for (int i = 1; i < parties; i++)
        pthread_join(threads[i], NULL);
    give_int(call, told_to_be_last);
}

// ---- rw ---------------------------------------------------------------------

// So many readers come in, then all of them leave; one thread stands for all.
static void read_together(struct rw *rw, long long readers)
{
    for (long long i = 0; i < readers; i++)
        rw_begin_read(rw);
    for (long long i = 0; i < readers; i++)
        rw_end_read(rw);
}

static void call_rw_begin_read(struct call *call)
{
    struct rw rw;

    rw_init(&rw);
    read_together(&rw, take_int(call));
}

// Writers, one after the other, and readers between them.
static void call_rw_begin_write(struct call *call)
{
    long long writers = take_int(call), readers = take_int(call);
    struct rw rw;

    rw_init(&rw);
    for (long long i = 0; i < writers; i++) {
        rw_begin_write(&rw);
        rw_end_write(&rw);
        read_together(&rw, readers);
    }
}

// ---- What a waiter costs ----------------------------------------------------

// One thread waits; this one works for a while, and then lets it go on.
struct waiting {
    void (*occupy)(void); // so that there is something to wait for
    void (*wait)(void);
    void (*let_go_on)(void);
};

static struct gate closed;
static struct rw book;
static long waiter_us;

// CPU time that the calling thread has used so far.
static long cpu_us(void)
{
    struct timespec used;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

static void *wait_once(void *argument)
{
    const struct waiting *waiting = argument;
    long before = cpu_us();

    waiting->wait();
    waiter_us = cpu_us() - before;
    return NULL;
}

static void tell_cost(struct call *call, const struct waiting *waiting)
{
    pthread_t waiter;
    long start;

    waiting->occupy();
    pthread_create(&waiter, NULL, wait_once, (void *)waiting);
    for (start = cpu_us(); cpu_us() - start < WORK_US;)
        ;
    waiting->let_go_on();
    pthread_join(waiter, NULL);
    give_int(call, waiter_us);
    give_int(call, WORK_US);
}

static void close_gate(void)
{
    gate_init(&closed);
}

static void wait_for_gate(void)
{
    gate_wait(&closed);
}

static void open_gate(void)
{
    gate_open(&closed);
}

static void call_closed_gate(struct call *call)
{
    static const struct waiting waiting = {close_gate, wait_for_gate,
                                           open_gate};

    tell_cost(call, &waiting);
}

static void make_barrier(void)
{
    barrier_init(&barrier, 2);
}

static void come_to_barrier(void)
{
    barrier_wait(&barrier);
}

static void call_barrier_for_two(struct call *call)
{
    static const struct waiting waiting = {make_barrier, come_to_barrier,
                                           come_to_barrier};

    tell_cost(call, &waiting);
}

static void begin_book(void)
{
    rw_init(&book);
    rw_begin_write(&book);
}

static void end_write(void)
{
    rw_end_write(&book);
}

static void read_book(void)
{
    rw_begin_read(&book);
    rw_end_read(&book);
}

static void write_book(void)
{
    rw_begin_write(&book);
    rw_end_write(&book);
}

static void call_waiting_reader(struct call *call)
{
    static const struct waiting waiting = {begin_book, read_book, end_write};

    tell_cost(call, &waiting);
}

static void call_waiting_writer(struct call *call)
{
    static const struct waiting waiting = {begin_book, write_book, end_write};

    tell_cost(call, &waiting);
}

const struct operation worker_operations[] = {
    {"gate_wait", call_gate_wait},
    {"gate_open", call_gate_open},
    {"barrier_wait", call_barrier_wait},
    {"rw_begin_read", call_rw_begin_read},
    {"rw_begin_write", call_rw_begin_write},
    {"closed gate_wait", call_closed_gate},
    {"early barrier_wait", call_barrier_for_two},
    {"waiting rw_begin_read", call_waiting_reader},
    {"waiting rw_begin_write", call_waiting_writer},
    {0},
};
