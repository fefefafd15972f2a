// queue.c - a bounded queue between threads, which sleep when there is nothing
// to do
#include <errno.h>
#include <linux/membarrier.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "runtime/queue.h"

enum { CLOSED = 1, ONE = 2 }; // bits of a position
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
    return position & ~(uint64_t)CLOSED;
}

static inline uint64_t lap_of(const struct queue *queue, uint64_t position)
{
    return position >> queue->lap_shift;
}

static inline size_t slot_of(const struct queue *queue, uint64_t position)
{
    return (position & (((uint64_t)1 << queue->lap_shift) - 1)) / ONE;
}

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
    uint64_t head = look_at(&queue->getters.next);
    uint64_t tail = look_at(&queue->putters.next);
    int64_t laps = (int64_t)(lap_of(queue, tail) - lap_of(queue, head));

    return laps * (int64_t)queue->capacity + (int64_t)slot_of(queue, tail) -
           (int64_t)slot_of(queue, head);
}

static bool is_closed(const struct queue *queue)
{
    return look_at(&queue->putters.next) & CLOSED;
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
static bool share_processor(struct queue_side *mine,
                            const struct queue_side *other)
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

// ---- Fences that only one of two needs --------------------------------------
// Two threads write, each something else, then look at what the other writes,
// and one of them at least must see it. So both need a fence in between. Where
// the kernel makes all our threads pass one at the same time, only the thread
// that comes seldom asks for that, and the other pays nothing. Where it does
// not, nobody is ever alone, and whoever has put or got pays for a fence.

static bool ask_kernel(int command)
{
    return syscall(SYS_membarrier, command, 0, 0) == 0;
}

static void fence_for_all(const struct queue *queue)
{
    if (queue->kernel_fences)
        MUST(ask_kernel(MEMBARRIER_CMD_PRIVATE_EXPEDITED));
}

// The compiler keeps this order, too.
static inline void fence_of_the_frequent(void)
{
    atomic_signal_fence(memory_order_seq_cst);
}

// ---- Alone on a side --------------------------------------------------------
// A thread that is the only one that ever put moves the position by a plain
// store, and so does the only one that ever got. When a second one comes, it
// waits until the first is outside; from then on all compete for places.

static _Thread_local char me; // its address tells who it is

static SLOW void share(const struct queue *queue, struct queue_side *side)
{
    atomic_store(&side->owner, QUEUE_LEAVING);
    fence_for_all(queue);
    while (atomic_load_explicit(&side->inside, memory_order_acquire))
        sched_yield();
    atomic_store(&side->owner, QUEUE_MANY);
}

// True: the first one here. Two that come at the same time share.
static SLOW bool own(const struct queue *queue, struct queue_side *side)
{
    uintptr_t owner = QUEUE_NOBODY;

    if (atomic_compare_exchange_strong(&side->owner, &owner, (uintptr_t)&me))
        return true;
    share(queue, side);
    return false;
}

static inline bool enter_alone(const struct queue *queue,
                               struct queue_side *side)
{
    uintptr_t owner = atomic_load_explicit(&side->owner, memory_order_acquire);

    if (owner == QUEUE_MANY || (owner != (uintptr_t)&me && !own(queue, side)))
        return false;
    atomic_store_explicit(&side->inside, true, memory_order_relaxed);
    fence_of_the_frequent();
    owner = atomic_load_explicit(&side->owner, memory_order_relaxed);
    if (LIKELY(owner == (uintptr_t)&me))
        return true;
    atomic_store_explicit(&side->inside, false, memory_order_release);
    share(queue, side);
    return false;
}

static inline void leave(struct queue_side *side)
{
    atomic_store_explicit(&side->inside, false, memory_order_release);
}

// ---- Sleeping and waking ----------------------------------------------------
// Whoever sleeps asks the other side to wake it, and then learns that there is
// nothing to do. The next one there that has done something takes the request
// away and wakes one sleeper. That one asks again for those who go on sleeping,
// and looks if there is something to do for them, too.

// A signal that is given under the lock would wake a thread to wait for it.
static SLOW void wake_one(struct queue *queue, struct queue_side *mine,
                          struct queue_side *other)
{
    bool any;

    if (!atomic_exchange(&mine->asked, 0))
        return;
    atomic_store_explicit(&mine->processor, sched_getcpu(),
                          memory_order_relaxed);
    MUST(pthread_mutex_lock(&queue->lock));
    any = other->sleeping > 0;
    MUST(pthread_mutex_unlock(&queue->lock));
    if (any)
        MUST(pthread_cond_signal(&other->wake));
}

// After a put or a get, of which a sleeper may know nothing.
static inline void wake_if_asked(struct queue *queue, struct queue_side *mine,
                                 struct queue_side *other)
{
    bool asked;

    fence_of_the_frequent();
    if (LIKELY(queue->kernel_fences))
        asked = atomic_load_explicit(&mine->asked, memory_order_relaxed);
    else
        asked = atomic_fetch_or(&mine->asked, 0);
    if (asked)
        wake_one(queue, mine, other);
}

static void ask(const struct queue *queue, struct queue_side *other)
{
    atomic_exchange(&other->asked, 1);
    fence_for_all(queue);
}

static bool nothing_to_get(struct queue *queue)
{
    ask(queue, &queue->putters);
    return place(look_at(&queue->putters.next)) ==
           place(look_at(&queue->getters.next));
}

static bool no_room(struct queue *queue)
{
    ask(queue, &queue->getters);
    return !has_room(queue, look_at(&queue->putters.next),
                     look_at(&queue->getters.next));
}

// May return without a reason.
static void sleep_while(bool (*idle)(struct queue *), struct queue *queue,
                        struct queue_side *mine)
{
    MUST(pthread_mutex_lock(&queue->lock));
    if (idle(queue) && !is_closed(queue)) {
        mine->sleeping++;
        MUST(pthread_cond_wait(&mine->wake, &queue->lock));
        mine->sleeping--;
    }
    MUST(pthread_mutex_unlock(&queue->lock));
}

// After having slept, and with something done.
static void wake_next(bool (*idle)(struct queue *), struct queue *queue,
                      struct queue_side *mine)
{
    bool more;

    MUST(pthread_mutex_lock(&queue->lock));
    more = mine->sleeping > 0 && !idle(queue);
    MUST(pthread_mutex_unlock(&queue->lock));
    if (more)
        MUST(pthread_cond_signal(&mine->wake));
}

// ---- Putting ----------------------------------------------------------------

// Putters share what one of them has seen: the getters' line stays with them.
static inline bool finds_room(struct queue *queue, uint64_t tail)
{
    struct queue_side *putters = &queue->putters;
    uint64_t head =
        atomic_load_explicit(&putters->head_seen, memory_order_acquire);

    if (LIKELY(has_room(queue, tail, head)))
        return true;
    head = atomic_load_explicit(&queue->getters.next, memory_order_acquire);
    if (!has_room(queue, tail, head))
        return false;
    atomic_store_explicit(&putters->head_seen, head, memory_order_release);
    return true;
}

static inline void fill(struct queue *queue, uint64_t tail, void *item)
{
    struct queue_slot *slot = &queue->slots[slot_of(queue, tail)];

    atomic_store_explicit(&slot->item, item, memory_order_relaxed);
    atomic_store_explicit(&slot->lap, lap_of(queue, tail),
                          memory_order_release);
}

static inline enum outcome put_alone(struct queue *queue, void *item)
{
    uint64_t tail = look_at(&queue->putters.next);

    if (!finds_room(queue, tail))
        return NOT_NOW;
    fill(queue, tail, item);
    atomic_store_explicit(&queue->putters.next, after(queue, tail),
                          memory_order_relaxed);
    return DONE;
}

static inline bool take_place(_Atomic uint64_t *position, uint64_t *now,
                              uint64_t next, memory_order order)
{
    return LIKELY(atomic_compare_exchange_strong_explicit(
        position, now, next, order, memory_order_relaxed));
}

static enum outcome put_among_many(struct queue *queue, void *item)
{
    _Atomic uint64_t *position = &queue->putters.next;
    uint64_t tail = look_at(position), before;
    unsigned pauses = FIRST_PAUSES;

    while (!(tail & CLOSED)) {
        if (!finds_room(queue, tail)) {
            before = tail;
            if ((tail = look_at(position)) == before)
                return NOT_NOW;
        } else if (take_place(position, &tail, after(queue, tail),
                              memory_order_relaxed)) {
            fill(queue, tail, item);
            return DONE;
        } else {
            tail = look_after_losing(position, &pauses);
        }
    }
    return NEVER;
}

static inline enum outcome put_once(struct queue *queue, void *item)
{
    enum outcome outcome;

    if (LIKELY(enter_alone(queue, &queue->putters))) {
        outcome = put_alone(queue, item);
        leave(&queue->putters);
    } else {
        outcome = put_among_many(queue, item);
    }
    if (LIKELY(outcome == DONE))
        wake_if_asked(queue, &queue->putters, &queue->getters);
    return outcome;
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
            sleep_while(no_room, queue, &queue->putters);
            let_drain(queue);
            slept = true;
        }
        outcome = put_once(queue, item);
    } while (outcome == NOT_NOW);
    if (slept)
        wake_next(no_room, queue, &queue->putters);
    return outcome;
}

// ---- Getting ----------------------------------------------------------------

// Nothing in the slot of the next get. Was that the next get?
static SLOW enum outcome find_nothing(const struct queue *queue, uint64_t *head)
{
    uint64_t before = *head, tail;

    *head = look_at(&queue->getters.next);
    if (*head != before)
        return DONE;
    tail = look_at(&queue->putters.next);
    return tail & CLOSED && place(tail) == place(before) ? NEVER : NOT_NOW;
}

static inline bool read_item(const struct queue *queue, uint64_t head,
                             void **item)
{
    const struct queue_slot *slot = &queue->slots[slot_of(queue, head)];

    if (atomic_load_explicit(&slot->lap, memory_order_acquire) !=
        lap_of(queue, head))
        return false;
    *item = atomic_load_explicit(&slot->item, memory_order_relaxed);
    return true;
}

static inline enum outcome get_alone(struct queue *queue, void **item)
{
    uint64_t head = look_at(&queue->getters.next);

    if (!read_item(queue, head, item))
        return find_nothing(queue, &head);
    atomic_store_explicit(&queue->getters.next, after(queue, head),
                          memory_order_release);
    return DONE;
}

// The item is read before its place is taken. While nobody has taken it, no
// putter may write there; if somebody has, so has taking it failed.
static enum outcome get_among_many(struct queue *queue, void **result)
{
    _Atomic uint64_t *position = &queue->getters.next;
    uint64_t head = look_at(position);
    unsigned pauses = FIRST_PAUSES;
    enum outcome outcome = DONE;
    void *item;

    while (outcome == DONE) {
        if (!read_item(queue, head, &item)) {
            outcome = find_nothing(queue, &head);
        } else if (take_place(position, &head, after(queue, head),
                              memory_order_release)) {
            *result = item;
            return DONE;
        } else {
            head = look_after_losing(position, &pauses);
        }
    }
    return outcome;
}

static inline enum outcome get_once(struct queue *queue, void **item)
{
    enum outcome outcome;

    if (LIKELY(enter_alone(queue, &queue->getters))) {
        outcome = get_alone(queue, item);
        leave(&queue->getters);
    } else {
        outcome = get_among_many(queue, item);
    }
    if (LIKELY(outcome == DONE))
        wake_if_asked(queue, &queue->getters, &queue->putters);
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
            sleep_while(nothing_to_get, queue, &queue->getters);
            let_fill(queue);
            slept = true;
        }
        outcome = get_once(queue, item);
        if (outcome == NOT_NOW && count_items(queue) > 0)
            wait_for_putter(times++);
    } while (outcome == NOT_NOW);
    if (slept)
        wake_next(nothing_to_get, queue, &queue->getters);
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
    share(queue, &queue->putters);
    atomic_fetch_or_explicit(&queue->putters.next, CLOSED,
                             memory_order_relaxed);
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

static void prepare_side(const struct queue *queue, struct queue_side *side)
{
    uint64_t first = (uint64_t)1 << queue->lap_shift;

    atomic_init(&side->next, first);
    atomic_init(&side->head_seen, first);
    atomic_init(&side->owner, queue->kernel_fences ? QUEUE_NOBODY : QUEUE_MANY);
    MUST(pthread_cond_init(&side->wake, NULL));
}

static void prepare(struct queue *queue, size_t capacity)
{
    *queue = (struct queue){.capacity = capacity, .slots = queue->slots};
    queue->looks = looks_here();
    queue->kernel_fences =
        ask_kernel(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);
    for (queue->lap_shift = 1; capacity > (size_t)1 << (queue->lap_shift - 1);)
        queue->lap_shift++;
    prepare_side(queue, &queue->putters);
    prepare_side(queue, &queue->getters);
    MUST(pthread_mutex_init(&queue->lock, NULL));
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
    if (queue->putters.sleeping + queue->getters.sleeping > 0)
        refuse_destroy(queue->putters.sleeping + queue->getters.sleeping);
    pthread_cond_destroy(&queue->putters.wake);
    pthread_cond_destroy(&queue->getters.wake);
    pthread_mutex_destroy(&queue->lock);
    free(queue->slots);
    free(queue);
}
