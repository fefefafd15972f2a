// queue.c - a bounded queue between threads, which sleep when there is nothing
// to do
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "runtime/queue.h"

enum { CLOSED = 1, SLEEPERS = 2, MARKS = 3, ONE = 4 }; // bits of a position
enum outcome { DONE, NOT_NOW, NEVER };

// Measured on two processors. A pause takes 10 to 50 ns.
enum {
    LOOKS = 12,          // before sleeping
    LOOK_PAUSES = 16,    // between two of them
    GATHER_PAUSES = 32,  // a getter lets items gather
    LONG_NS = 200000,    // to give way for so long is bad,
    FUTILE = 100,        // and not done again so many times
    FIRST_PAUSES = 32,   // who lost a race for a place leaves the others alone
    LONGEST_PAUSES = 512 // for so long, and twice as long each time
};

#define LIKELY(condition) __builtin_expect(condition, 1)
#define SLOW __attribute__((noinline, cold)) // out of the way of the others

static inline uint64_t look_at(const _Atomic uint64_t *position)
{
    return atomic_load_explicit(position, memory_order_relaxed);
}

// ---- Positions --------------------------------------------------------------

static inline uint64_t place(uint64_t position)
{
    return position & ~(uint64_t)MARKS;
}

static inline uint64_t lap_of(const struct queue *queue, uint64_t position)
{
    return position >> queue->lap_shift;
}

static inline size_t slot_of(const struct queue *queue, uint64_t position)
{
    return (position & (((uint64_t)1 << queue->lap_shift) - 1)) / ONE;
}

// Without marks: who moves a position takes over what they ask for.
static inline uint64_t after(const struct queue *queue, uint64_t position)
{
    uint64_t next = place(position) + ONE;

    if (slot_of(queue, next) == queue->capacity)
        next = (lap_of(queue, next) + 1) << queue->lap_shift;
    return next;
}

// An old head makes it look fuller than it is, never emptier.
static inline bool has_room(const struct queue *queue, uint64_t tail,
                            uint64_t head)
{
    return (int64_t)(place(tail) - place(head)) < (int64_t)1
                                                      << queue->lap_shift;
}

// Of a moment that may be over; less than 0 when the two are of two moments.
static int64_t count_items(const struct queue *queue)
{
    uint64_t head = look_at(&queue->head), tail = look_at(&queue->tail);
    int64_t laps = (int64_t)(lap_of(queue, tail) - lap_of(queue, head));

    return laps * (int64_t)queue->capacity + (int64_t)slot_of(queue, tail) -
           (int64_t)slot_of(queue, head);
}

// ---- Pausing ----------------------------------------------------------------

static void pause_for(unsigned pauses)
{
    while (pauses-- > 0) {
#if defined __x86_64__ || defined __i386__
        __builtin_ia32_pause();
#elif defined __aarch64__
        __asm__ volatile("isb" ::: "memory"); // "yield" takes no time
#else
        atomic_signal_fence(memory_order_seq_cst);
#endif
    }
}

static SLOW uint64_t look_after_losing(const _Atomic uint64_t *position,
                                       unsigned *pauses)
{
    pause_for(*pauses);
    if (*pauses < LONGEST_PAUSES)
        *pauses *= 2;
    return look_at(position);
}

// Here, and it is where the other side was? Then looking keeps it from running.
static bool share_processor(struct queue_sleepers *mine,
                            const struct queue_sleepers *other)
{
    int here = sched_getcpu();

    atomic_store_explicit(&mine->processor, here, memory_order_relaxed);
    return here ==
           atomic_load_explicit(&other->processor, memory_order_relaxed);
}

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

// Lets the other side run here. Others who run here profit, too: where that
// takes long, not for the next times.
static void give_way(struct queue *queue)
{
    unsigned futile =
        atomic_load_explicit(&queue->futile, memory_order_relaxed);
    int64_t begin;

    if (futile > 0) {
        futile--;
    } else {
        begin = now_ns();
        sched_yield();
        futile = now_ns() - begin > LONG_NS ? FUTILE : 0;
    }
    atomic_store_explicit(&queue->futile, futile, memory_order_relaxed);
}

// The putter of the first item is about to fill its slot, but does not run.
static void wait_for_putter(unsigned times)
{
    struct timespec moment = {.tv_nsec = 50000};

    if (times < 1000)
        sched_yield();
    else
        nanosleep(&moment, NULL);
}

// ---- Sleeping and waking ----------------------------------------------------
// Whoever sleeps sets a mark in the position that the other side moves, and in
// the same step learns that there is nothing to do. The next one who moves it
// takes the mark away and wakes one sleeper. That one sets it again for those
// who go on sleeping, and looks if there is something to do for them, too.

// A signal that is given under the lock would wake a thread to wait for it.
static SLOW void wake_one(struct queue *queue, struct queue_sleepers *waker,
                          struct queue_sleepers *sleepers)
{
    bool any;

    atomic_store_explicit(&waker->processor, sched_getcpu(),
                          memory_order_relaxed);
    MUST(pthread_mutex_lock(&queue->lock));
    any = sleepers->count > 0;
    MUST(pthread_mutex_unlock(&queue->lock));
    if (any)
        MUST(pthread_cond_signal(&sleepers->wake));
}

static uint64_t mark(_Atomic uint64_t *position)
{
    return atomic_fetch_or_explicit(position, SLEEPERS, memory_order_relaxed);
}

static bool mark_empty(struct queue *queue)
{
    uint64_t tail = mark(&queue->tail);

    return place(tail) == place(look_at(&queue->head));
}

static bool mark_full(struct queue *queue)
{
    uint64_t head = mark(&queue->head);

    return !has_room(queue, look_at(&queue->tail), head);
}

// May return without a reason.
static void sleep_while(bool (*idle)(struct queue *), struct queue *queue,
                        struct queue_sleepers *sleepers)
{
    MUST(pthread_mutex_lock(&queue->lock));
    if (idle(queue) && !(look_at(&queue->tail) & CLOSED)) {
        sleepers->count++;
        MUST(pthread_cond_wait(&sleepers->wake, &queue->lock));
        sleepers->count--;
    }
    MUST(pthread_mutex_unlock(&queue->lock));
}

// After having slept, and with something done.
static void wake_next(bool (*idle)(struct queue *), struct queue *queue,
                      struct queue_sleepers *sleepers)
{
    bool more;

    MUST(pthread_mutex_lock(&queue->lock));
    more = sleepers->count > 0 && !idle(queue);
    MUST(pthread_mutex_unlock(&queue->lock));
    if (more)
        MUST(pthread_cond_signal(&sleepers->wake));
}

// ---- Putting ----------------------------------------------------------------

// Putters share what one of them has seen: the head's line stays with getters.
static inline bool finds_room(struct queue *queue, uint64_t tail)
{
    uint64_t head =
        atomic_load_explicit(&queue->head_seen, memory_order_acquire);

    if (LIKELY(has_room(queue, tail, head)))
        return true;
    head = atomic_load_explicit(&queue->head, memory_order_acquire);
    if (!has_room(queue, tail, head))
        return false;
    atomic_store_explicit(&queue->head_seen, head, memory_order_release);
    return true;
}

static inline void fill(struct queue *queue, uint64_t tail, void *item)
{
    struct queue_slot *slot = &queue->slots[slot_of(queue, tail)];

    atomic_store_explicit(&slot->item, item, memory_order_relaxed);
    atomic_store_explicit(&slot->lap, lap_of(queue, tail),
                          memory_order_release);
    if (tail & SLEEPERS)
        wake_one(queue, &queue->putters, &queue->getters);
}

static inline bool take_place(_Atomic uint64_t *position, uint64_t *now,
                              uint64_t next, memory_order order)
{
    return LIKELY(atomic_compare_exchange_strong_explicit(
        position, now, next, order, memory_order_relaxed));
}

static inline enum outcome put_once(struct queue *queue, void *item)
{
    uint64_t tail = look_at(&queue->tail), before;
    unsigned pauses = FIRST_PAUSES;

    while (!(tail & CLOSED)) {
        if (!finds_room(queue, tail)) {
            before = tail;
            if ((tail = look_at(&queue->tail)) == before)
                return NOT_NOW;
        } else if (take_place(&queue->tail, &tail, after(queue, tail),
                              memory_order_relaxed)) {
            fill(queue, tail, item);
            return DONE;
        } else {
            tail = look_after_losing(&queue->tail, &pauses);
        }
    }
    return NEVER;
}

static bool is_closed(const struct queue *queue)
{
    return look_at(&queue->tail) & CLOSED;
}

// Until half of it is free, but no longer than it would look. False: no room.
static bool watch_for_room(const struct queue *queue, unsigned looks)
{
    int64_t capacity = (int64_t)queue->capacity;

    for (unsigned look = 0; look < looks; look++) {
        if (count_items(queue) <= capacity / 2 || is_closed(queue))
            return true;
        pause_for(LOOK_PAUSES);
    }
    return count_items(queue) < capacity;
}

static bool await_room(struct queue *queue)
{
    if (!share_processor(&queue->putters, &queue->getters))
        return watch_for_room(queue, queue->looks);
    give_way(queue);
    return watch_for_room(queue, 0);
}

// One place is free now. Whoever freed it may free more if we let him.
static void let_drain(struct queue *queue)
{
    if (share_processor(&queue->putters, &queue->getters) &&
        count_items(queue) > (int64_t)queue->capacity / 2)
        give_way(queue);
}

static enum outcome put_patiently(struct queue *queue, void *item)
{
    enum outcome outcome;
    bool slept = false;

    do {
        if (!await_room(queue)) {
            sleep_while(mark_full, queue, &queue->putters);
            let_drain(queue);
            slept = true;
        }
        outcome = put_once(queue, item);
    } while (outcome == NOT_NOW);
    if (slept)
        wake_next(mark_full, queue, &queue->putters);
    return outcome;
}

// ---- Getting ----------------------------------------------------------------

// Nothing in the slot of the next get. Was that the next get?
static SLOW enum outcome find_nothing(const struct queue *queue, uint64_t *head)
{
    uint64_t before = *head, tail;

    *head = look_at(&queue->head);
    if (*head != before)
        return DONE;
    tail = look_at(&queue->tail);
    return tail & CLOSED && place(tail) == place(before) ? NEVER : NOT_NOW;
}

// The item is read before its place is taken. While nobody has taken it, no
// putter may write there; if somebody has, so has taking it failed.
static inline enum outcome get_once(struct queue *queue, void **result)
{
    uint64_t head = look_at(&queue->head);
    unsigned pauses = FIRST_PAUSES;
    enum outcome outcome = DONE;

    while (outcome == DONE) {
        struct queue_slot *slot = &queue->slots[slot_of(queue, head)];
        if (atomic_load_explicit(&slot->lap, memory_order_acquire) !=
            lap_of(queue, head)) {
            outcome = find_nothing(queue, &head);
            continue;
        }
        void *item = atomic_load_explicit(&slot->item, memory_order_relaxed);
        if (take_place(&queue->head, &head, after(queue, head),
                       memory_order_release)) {
            *result = item;
            if (head & SLEEPERS)
                wake_one(queue, &queue->getters, &queue->putters);
            return DONE;
        }
        head = look_after_losing(&queue->head, &pauses);
    }
    return outcome;
}

// Until there is an item. False: there is none.
static bool watch_for_items(const struct queue *queue, unsigned looks)
{
    for (unsigned look = 0; look < looks; look++) {
        if (count_items(queue) > 0 || is_closed(queue))
            return true;
        pause_for(LOOK_PAUSES);
    }
    return count_items(queue) > 0;
}

static bool few_items(const struct queue *queue)
{
    return count_items(queue) < (int64_t)queue->capacity / 2;
}

static bool await_items(struct queue *queue)
{
    bool any;

    if (share_processor(&queue->getters, &queue->putters)) {
        give_way(queue);
        return watch_for_items(queue, 0);
    }
    any = watch_for_items(queue, queue->looks);
    if (any && few_items(queue))
        pause_for(GATHER_PAUSES);
    return any;
}

// Waking this one may have stopped the putter.
static void let_fill(struct queue *queue)
{
    if (share_processor(&queue->getters, &queue->putters) && few_items(queue))
        give_way(queue);
}

static enum outcome get_patiently(struct queue *queue, void **item)
{
    enum outcome outcome;
    bool slept = false;
    unsigned times = 0;

    do {
        if (!await_items(queue)) {
            sleep_while(mark_empty, queue, &queue->getters);
            let_fill(queue);
            slept = true;
        }
        outcome = get_once(queue, item);
        if (outcome == NOT_NOW && count_items(queue) > 0)
            wait_for_putter(times++);
    } while (outcome == NOT_NOW);
    if (slept)
        wake_next(mark_empty, queue, &queue->getters);
    return outcome;
}

// ---- What others call -------------------------------------------------------

// A thread that is cancelled while it waits would take a wake-up with it.
static SLOW bool put_later(struct queue *queue, void *item)
{
    enum outcome outcome;
    int cancel;

    MUST(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel));
    outcome = put_patiently(queue, item);
    MUST(pthread_setcancelstate(cancel, NULL));
    return outcome == DONE;
}

static SLOW bool get_later(struct queue *queue, void **item)
{
    enum outcome outcome;
    int cancel;

    MUST(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel));
    outcome = get_patiently(queue, item);
    MUST(pthread_setcancelstate(cancel, NULL));
    return outcome == DONE;
}

bool queue_put(struct queue *queue, void *item)
{
    enum outcome outcome = put_once(queue, item);

    return LIKELY(outcome == DONE) ||
           (outcome == NOT_NOW && put_later(queue, item));
}

bool queue_get(struct queue *queue, void **item)
{
    enum outcome outcome = get_once(queue, item);

    return LIKELY(outcome == DONE) ||
           (outcome == NOT_NOW && get_later(queue, item));
}

static SLOW bool refuse(enum outcome outcome)
{
    errno = outcome == NEVER ? EPIPE : EAGAIN;
    return false;
}

bool queue_try_put(struct queue *queue, void *item)
{
    enum outcome outcome = put_once(queue, item);

    return outcome == DONE || refuse(outcome);
}

bool queue_try_get(struct queue *queue, void **item)
{
    enum outcome outcome = get_once(queue, item);

    return outcome == DONE || refuse(outcome);
}

void queue_close(struct queue *queue)
{
    atomic_fetch_or_explicit(&queue->tail, CLOSED, memory_order_relaxed);
    MUST(pthread_mutex_lock(&queue->lock));
    MUST(pthread_cond_broadcast(&queue->putters.wake));
    MUST(pthread_cond_broadcast(&queue->getters.wake));
    MUST(pthread_mutex_unlock(&queue->lock));
}

// ---- From birth to death ----------------------------------------------------

// With one processor, who looks keeps the others from what he looks for.
static unsigned looks_here(void)
{
    cpu_set_t mine;

    if (sched_getaffinity(0, sizeof mine, &mine) == 0 && CPU_COUNT(&mine) == 1)
        return 0;
    return LOOKS;
}

// In items: the bytes of a larger one cannot even be counted.
#define MOST (PTRDIFF_MAX / sizeof(struct queue_slot))

static void prepare(struct queue *queue, size_t capacity)
{
    *queue = (struct queue){.capacity = capacity, .slots = queue->slots};
    queue->looks = looks_here();
    for (queue->lap_shift = 2; capacity > (size_t)1 << (queue->lap_shift - 2);)
        queue->lap_shift++;
    atomic_init(&queue->tail, (uint64_t)1 << queue->lap_shift);
    atomic_init(&queue->head_seen, (uint64_t)1 << queue->lap_shift);
    atomic_init(&queue->head, (uint64_t)1 << queue->lap_shift);
    MUST(pthread_mutex_init(&queue->lock, NULL));
    MUST(pthread_cond_init(&queue->putters.wake, NULL));
    MUST(pthread_cond_init(&queue->getters.wake, NULL));
}

struct queue *queue_create(size_t capacity)
{
    struct queue *queue;

    errno = capacity == 0 ? EINVAL : ENOMEM;
    if (capacity == 0 || capacity > MOST)
        return NULL;
    queue = aligned_alloc(QUEUE_APART, sizeof *queue);
    if (!queue)
        return NULL;
    queue->slots = calloc(capacity, sizeof *queue->slots);
    if (!queue->slots) {
        free(queue);
        errno = ENOMEM;
        return NULL;
    }
    prepare(queue, capacity);
    return queue;
}

static SLOW void refuse_destroy(unsigned sleeping)
{
    lang_set(NULL);
    fprintf(stderr,
            M("queue: destroy of a queue in which threads sleep (%u)\n",
              "queue: se destruye una cola en la que duermen hilos (%u)\n"),
            sleeping);
    abort();
}

void queue_destroy(struct queue *queue)
{
    if (!queue)
        return;
    if (queue->putters.count + queue->getters.count > 0)
        refuse_destroy(queue->putters.count + queue->getters.count);
    pthread_cond_destroy(&queue->putters.wake);
    pthread_cond_destroy(&queue->getters.wake);
    pthread_mutex_destroy(&queue->lock);
    free(queue->slots);
    free(queue);
}
