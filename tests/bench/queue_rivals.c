// queue_rivals.c - the queues that bench_queue measures, all behind four calls
#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

#include "runtime/must.h"
#include "runtime/queue.h"

struct rival {
    const char *name, *about;
    void *(*create)(size_t capacity);
    void (*put)(void *queue, void *item);
    void *(*get)(void *queue);
    void (*destroy)(void *queue);
};

// ---- runtime/queue ----------------------------------------------------------

static void *ours_create(size_t capacity)
{
    return MUST(queue_create(capacity));
}

static void ours_put(void *queue, void *item)
{
    queue_put(queue, item);
}

static void *ours_get(void *queue)
{
    void *item = NULL;

    queue_get(queue, &item);
    return item;
}

static void ours_destroy(void *queue)
{
    queue_destroy(queue);
}

// ---- Textbook: one lock, two conditions, each put and get signals -----------
// (glibc makes no system call for a signal that nobody waits for.)

struct textbook {
    pthread_mutex_t lock;
    pthread_cond_t not_full, not_empty;
    size_t capacity, count, first; // guarded by lock, with the items
    void *items[];
};

static void *textbook_create(size_t capacity)
{
    struct textbook *queue =
        MUST(calloc(1, sizeof *queue + capacity * sizeof queue->items[0]));

    MUST(pthread_mutex_init(&queue->lock, NULL));
    MUST(pthread_cond_init(&queue->not_full, NULL));
    MUST(pthread_cond_init(&queue->not_empty, NULL));
    queue->capacity = capacity;
    return queue;
}

static void textbook_put(void *argument, void *item)
{
    struct textbook *queue = argument;
    size_t last;

    pthread_mutex_lock(&queue->lock);
    while (queue->count == queue->capacity)
        pthread_cond_wait(&queue->not_full, &queue->lock);
    last = queue->first + queue->count++;
    if (last >= queue->capacity) // a division would cost as much as the lock
        last -= queue->capacity;
    queue->items[last] = item;
    pthread_cond_signal(&queue->not_empty);
    pthread_mutex_unlock(&queue->lock);
}

static void *textbook_get(void *argument)
{
    struct textbook *queue = argument;
    void *item;

    pthread_mutex_lock(&queue->lock);
    while (queue->count == 0)
        pthread_cond_wait(&queue->not_empty, &queue->lock);
    item = queue->items[queue->first++];
    if (queue->first == queue->capacity)
        queue->first = 0;
    queue->count--;
    pthread_cond_signal(&queue->not_full);
    pthread_mutex_unlock(&queue->lock);
    return item;
}

// ---- Concurrency Kit: its ring for many producers and consumers -------------
// It does not block: who finds it full or empty spins a little and then yields.

#if defined __has_include && __has_include(<ck_ring.h>)
#include <ck_ring.h>

enum { CK_SPINS = 100 };

struct ck {
    ck_ring_t ring;
    ck_ring_buffer_t *items;
};

// A ring of 2^n holds 2^n - 1.
static void *ck_create(size_t capacity)
{
    unsigned size = 2;
    struct ck *queue;

    while (size < capacity)
        size *= 2;
    queue = MUST(aligned_alloc(64, (sizeof *queue + 63) / 64 * 64));
    queue->items = MUST(calloc(size, sizeof *queue->items));
    ck_ring_init(&queue->ring, size);
    return queue;
}

static void ck_wait(unsigned times)
{
    if (times < CK_SPINS)
        ck_pr_stall();
    else
        sched_yield();
}

static void ck_put(void *argument, void *item)
{
    struct ck *queue = argument;
    unsigned times = 0;

    while (!ck_ring_enqueue_mpmc(&queue->ring, queue->items, item))
        ck_wait(times++);
}

static void *ck_get(void *argument)
{
    struct ck *queue = argument;
    unsigned times = 0;
    void *item;

    while (!ck_ring_dequeue_mpmc(&queue->ring, queue->items, &item))
        ck_wait(times++);
    return item;
}

static void ck_destroy(void *argument)
{
    struct ck *queue = argument;

    free(queue->items);
    free(queue);
}
#else
#define ck_create NULL
#define ck_put NULL
#define ck_get NULL
#define ck_destroy NULL
#endif

// ---- GLib, where its library is (no header is needed) -----------------------

static struct {
    void *(*create)(void);
    void (*push)(void *queue, void *item);
    void *(*pop)(void *queue);
    void (*unref)(void *queue);
} glib;

static void *symbol(void *library, const char *name)
{
    return library ? dlsym(library, name) : NULL;
}

static bool glib_open(void)
{
    void *library = dlopen("libglib-2.0.so.0", RTLD_NOW);

    *(void **)&glib.create = symbol(library, "g_async_queue_new");
    *(void **)&glib.push = symbol(library, "g_async_queue_push");
    *(void **)&glib.pop = symbol(library, "g_async_queue_pop");
    *(void **)&glib.unref = symbol(library, "g_async_queue_unref");
    return glib.create && glib.push && glib.pop && glib.unref;
}

static void *glib_create(size_t capacity)
{
    (void)capacity;
    return glib.create();
}

static void glib_put(void *queue, void *item)
{
    glib.push(queue, item);
}

static void *glib_get(void *queue)
{
    return glib.pop(queue);
}

static void glib_destroy(void *queue)
{
    glib.unref(queue);
}

// ---- All --------------------------------------------------------------------

enum { OURS, TEXTBOOK, CK, GLIB, RIVALS };

static struct rival rivals[RIVALS] = {
    {"runtime/queue", "bounded", //
     ours_create, ours_put, ours_get, ours_destroy},
    {"textbook", "bounded; a mutex, two conditions, always signals",
     textbook_create, textbook_put, textbook_get, free},
    {"Concurrency Kit", "ck_ring mpmc; never sleeps: spins, then sched_yield",
     ck_create, ck_put, ck_get, ck_destroy},
    {"GLib", "GAsyncQueue; not bounded, so its putters never wait", //
     glib_create, glib_put, glib_get, glib_destroy},
};

static bool is_here(const struct rival *rival)
{
    static int have_glib = -1;

    if (rival != &rivals[GLIB])
        return rival->create != NULL;
    if (have_glib < 0)
        have_glib = glib_open();
    return have_glib;
}
