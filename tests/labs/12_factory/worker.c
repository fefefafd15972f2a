// worker.c - calls the student's queue, alone and with threads
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tools/grader/worker.h"

#include "queue.h"

enum { WORK_US = 50 * 1000, PRICE_ROUNDS = 40, PRICE_ITEMS = 4096 };

static struct queue queue;

// The next field, where ints may stand.
static int *take_ints(struct call *call, size_t *bytes)
{
    const void *field = take_bytes(call, bytes);
    int *items = calloc(1, *bytes);

    memcpy(items, field, *bytes);
    return items;
}

// ---- In one thread ----------------------------------------------------------

// Capacity, items (int each), and how many go in before they are taken out
// again: so many each time. What came out.
static void call_in_order(struct call *call)
{
    int capacity = (int)take_int(call), each = (int)take_int(call);
    size_t bytes;
    int *in = take_ints(call, &bytes);
    int count = (int)(bytes / sizeof *in), done = 0, out = 0;
    int *items = calloc((size_t)count, sizeof *items);

    queue_init(&queue, capacity);
    while (done < count) {
        int begin = done;

        while (done < count && done < begin + each)
            queue_put(&queue, in[done++]);
        while (out < done)
            queue_get(&queue, &items[out++]);
    }
    queue_end(&queue);
    give_bytes(call, items, bytes);
    free(items);
    free(in);
}

// Puts so many and closes. What a put says then; how many come out behind that,
// and what the last get says; what it left in its item.
static void call_close(struct call *call)
{
    int capacity = (int)take_int(call), count = (int)take_int(call);
    int item = 0, came = 0;

    queue_init(&queue, capacity);
    for (int i = 1; i <= count; i++)
        queue_put(&queue, i);
    queue_close(&queue);
    queue_close(&queue);
    give_int(call, queue_put(&queue, -1));
    while (came <= capacity && queue_get(&queue, &item))
        came += item == came + 1 ? 1 : 2 * capacity;
    give_int(call, came);
    item = -7;
    give_int(call, queue_get(&queue, &item));
    give_int(call, item);
    queue_end(&queue);
}

// ---- With a second thread ---------------------------------------------------

struct batch {
    const int *items;
    int count;
};

static void *put_batch(void *argument)
{
    const struct batch *batch = argument;

    for (int i = 0; i < batch->count; i++)
        queue_put(&queue, batch->items[i]);
    return NULL;
}

// Capacity and items: one thread puts them, this one takes them.
static void call_two_threads(struct call *call)
{
    int capacity = (int)take_int(call);
    size_t bytes;
    int *in = take_ints(call, &bytes);
    struct batch batch = {in, (int)(bytes / sizeof *in)};
    int *items = calloc((size_t)batch.count, sizeof *items);
    pthread_t putter;

    queue_init(&queue, capacity);
    pthread_create(&putter, NULL, put_batch, &batch);
    for (int i = 0; i < batch.count; i++)
        queue_get(&queue, &items[i]);
    pthread_join(putter, NULL);
    queue_end(&queue);
    give_bytes(call, items, bytes);
    free(items);
    free(in);
}

// ---- What a waiter costs ----------------------------------------------------

static long waiter_us;

// CPU time that the calling thread has used so far.
static long cpu_ns(void)
{
    struct timespec used;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return used.tv_sec * 1000000000 + used.tv_nsec;
}

static void *wait_to_put(void *unused)
{
    long before = cpu_ns();

    queue_put(&queue, 2);
    waiter_us = (cpu_ns() - before) / 1000;
    return unused;
}

static void *wait_to_get(void *unused)
{
    long before = cpu_ns();
    int item;

    queue_get(&queue, &item);
    waiter_us = (cpu_ns() - before) / 1000;
    return unused;
}

// One thread waits while this one works for a while, and is let go on then.
static void tell_cost(struct call *call, bool puts)
{
    long start = cpu_ns();
    pthread_t waiter;
    int item;

    queue_init(&queue, 1);
    if (puts)
        queue_put(&queue, 1);
    pthread_create(&waiter, NULL, puts ? wait_to_put : wait_to_get, NULL);
    while (cpu_ns() - start < WORK_US * 1000L)
        ;
    if (puts)
        queue_get(&queue, &item);
    else
        queue_put(&queue, 1);
    pthread_join(waiter, NULL);
    queue_end(&queue);
    give_int(call, waiter_us);
    give_int(call, WORK_US);
}

static void call_waiting_put(struct call *call)
{
    tell_cost(call, true);
}

static void call_waiting_get(struct call *call)
{
    tell_cost(call, false);
}

// ---- Many at once -----------------------------------------------------------

// Capacity, how many are inside, at most how many are asked for: so many come,
// the sum of the first ones, how many are left; and, behind a close, how many.
static void call_get_many(struct call *call)
{
    int capacity = (int)take_int(call), count = (int)take_int(call);
    int most = (int)take_int(call), *items = calloc((size_t)most, sizeof(int));
    int left = 0, item, in_order = 1;

    queue_init(&queue, capacity);
    for (int i = 1; i <= count; i++)
        queue_put(&queue, i);
    int came = queue_get_many(&queue, items, most);
    for (int i = 0; i < came && i < most; i++)
        in_order &= items[i] == i + 1;
    queue_close(&queue);
    while (left <= capacity && queue_get(&queue, &item)) {
        in_order &= item == came + left + 1;
        left++;
    }
    give_int(call, came);
    give_int(call, left);
    give_int(call, in_order);
    give_int(call, queue_get_many(&queue, items, most));
    queue_end(&queue);
    free(items);
}

static void fill(void)
{
    for (int i = 0; i < PRICE_ITEMS; i++)
        queue_put(&queue, i);
}

static void *wait_at(void *gate)
{
    pthread_mutex_lock(gate);
    return NULL;
}

// What so many items cost, in nanoseconds of CPU: one by one, and in one visit.
// The two take turns, so that what disturbs one disturbs the other. A second
// thread sleeps meanwhile: in a process with one thread locks are cheaper.
static void call_price(struct call *call)
{
    long one_by_one = 0, at_once = 0, start;
    static int items[PRICE_ITEMS];
    static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    pthread_t sleeper;

    pthread_mutex_lock(&gate);
    pthread_create(&sleeper, NULL, wait_at, &gate);
    queue_init(&queue, PRICE_ITEMS);
    for (int round = 0; round < PRICE_ROUNDS; round++) {
        fill();
        start = cpu_ns();
        for (int i = 0; i < PRICE_ITEMS; i++)
            queue_get(&queue, &items[i]);
        one_by_one += cpu_ns() - start;
        fill();
        start = cpu_ns();
        for (int i = 0; i < PRICE_ITEMS;)
            i += queue_get_many(&queue, &items[i], PRICE_ITEMS - i);
        at_once += cpu_ns() - start;
    }
    queue_end(&queue);
    pthread_mutex_unlock(&gate);
    pthread_join(sleeper, NULL);
    give_int(call, PRICE_ITEMS);
    give_int(call, one_by_one / PRICE_ROUNDS);
    give_int(call, at_once / PRICE_ROUNDS);
}

const struct operation worker_operations[] = {
    {"queue_get", call_in_order},
    {"queue_close", call_close},
    {"queue_put", call_two_threads},
    {"waiting queue_put", call_waiting_put},
    {"waiting queue_get", call_waiting_get},
    {"queue_get_many", call_get_many},
    {"price of queue_get_many", call_price},
    {0},
};
