// queue.h - a bounded queue between threads, which sleep when there is nothing
// to do
//
//     struct queue *desk = MUST(queue_create(1024));
//     queue_put(desk, parcel);            // waits while the queue is full
//     queue_close(desk);                  // no more puts; what is in stays in
//     while (queue_get(desk, &parcel))    // waits while it is empty
//         deliver(parcel);                // ends when it is closed and empty
//     queue_destroy(desk);                // once nobody uses it any more
//
// Interface: queue_create, queue_put, queue_get, queue_try_put, queue_try_get,
// queue_close, queue_destroy.
// Threads: any number on both sides, of one process (a forked child must not
// use its parent's); not for signal handlers. Ownership: an item is a pointer
// that is never followed, NULL too; what it points to belongs to the putter
// until queue_put returns true and to the getter after queue_get, which sees
// all that the putter wrote before. Errors: queue_create returns NULL; a
// mistake (destroying a queue in which threads sleep) is told by its name on
// standard error, and the program aborts.
//
// Order: first in, first out. If one put has returned before another begins,
// its item leaves first; so the items of each putter leave in its order. (Two
// getters may still act on theirs in any order: they are two threads.) Each
// item is given to one getter.
//
// Waiting: a thread first looks again and again, for some 5 to 10 microseconds,
// and then sleeps until there is something to do. Where the other side last was
// on its own processor it gives that away instead of looking. Each item wakes a
// sleeper, and a sleeper that woke and leaves work behind wakes the next: no
// item waits for another. Three delays buy speed, because whole batches move
// between the processors: a getter that found nothing and looks lets items
// gather for about one microsecond; a putter that found it full waits until
// half is free, but no longer than it would look; who was woken to find little
// gives its processor away once more. On a busy machine that can cost a turn of
// the scheduler, a few milliseconds; where it does, the next 100 do not.
//
// Speed: as long as only one thread has ever put, or got, it takes its place
// with a plain store; from the second one on each takes it with a
// compare-and-swap, which may cost twice as much. Coming second, closing and
// going to sleep ask the kernel for a fence in all threads: 3 to 30
// microseconds here. The first queue_create of a process asks for leave to do
// so: 30 microseconds, and 4 to 20 milliseconds when it has other threads
// already. Where the kernel does not give it (before Linux 4.14, or forbidden)
// each put and get has a fence of its own.
//
// Progress: no thread holds a lock while it puts or gets; only those that sleep
// or wake others take one. But a putter that is stopped (by the scheduler, by
// SIGSTOP) between taking its place and filling it holds up the items behind
// its own: getters do not overtake it, they yield and nap; and who comes second
// waits for the first, if that one is just moving. For the same reason no
// thread may be ended inside: put and get are no cancellation points, and
// asynchronous cancellation is not allowed. To end threads that wait here,
// close the queue.
//
// Memory: 16 bytes for each item of the capacity, used or not, and 512.
//
// Source: the numbered slots are those of D. Vyukov's bounded queue (1024cores.
// net, 2010). Items are read before the place is taken, as in Chase and Lev
// (SPAA 2005, section 2), so getters write in no slot and only the putter's
// cache lines travel. Putters remember where the getters were, and batches stay
// apart, as in MCRingBuffer (Lee, Bu and Chandranmenon, IPDPS 2010, section 3).
// Sleeping is an eventcount (Reed and Kanodia, CACM 1979). To be alone until a
// second one comes is lock reservation (Kawachiya, Koseki and Onodera, OOPSLA
// 2002, section 3); that only the second one pays for the fence, asymmetric
// Dekker synchronization (Dice, Huang and Yang, Sun Microsystems, 2001), here
// by membarrier(2).
#ifndef TELAR_QUEUE_H
#define TELAR_QUEUE_H

#include <pthread.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    QUEUE_APART = 128
}; // bytes: two cache lines, which are fetched in pairs

struct queue_slot {
    _Atomic uint64_t lap; // of the item that is or was here; 0: none yet
    _Atomic(void *) item;
};

enum {
    QUEUE_NOBODY,  // has come yet
    QUEUE_LEAVING, // a second one came; the first may still be inside
    QUEUE_MANY
};

// A position is the number of a slot and above it the lap (how often all slots
// have been used, beginning with 1). Its lowest bit is a mark of the putters:
// closed.
struct queue_side { // those who put, or those who get
    alignas(QUEUE_APART) _Atomic uint64_t next; // position of their next item
    _Atomic uint64_t head_seen; // by putters: getters were there, or further
    _Atomic uintptr_t owner;    // the only thread that ever came, or see above
    atomic_bool inside;         // the owner is moving next
    atomic_int asked;           // the other side sleeps: wake one of them

    pthread_cond_t wake;
    unsigned sleeping;    // so many of this side; guarded by the queue's lock
    atomic_int processor; // where one of this side last waited or woke another
};

struct queue {
    size_t capacity; // in items
    unsigned lap_shift;
    unsigned looks;     // before a thread sleeps; may be set before first use
    bool kernel_fences; // the kernel can make all our threads pass a fence
    struct queue_slot *slots;

    struct queue_side putters, getters;

    alignas(QUEUE_APART) pthread_mutex_t lock; // for sleeping and waking only
    atomic_uint futile; // so many times more nobody yields
};

// Room for exactly capacity items. Returns NULL with the reason in errno:
// EINVAL (0), ENOMEM.
struct queue *queue_create(size_t capacity);

// Blocks while the queue is full. Returns false, and has not taken item, once
// the queue is closed.
bool queue_put(struct queue *queue, void *item);

// Blocks while the queue is empty. Returns false, and leaves *item alone, once
// the queue is closed and empty.
bool queue_get(struct queue *queue, void **item);

// Neither blocks. False with errno: EAGAIN when the queue is full, or has no
// item to give (it is empty, or the put of its first item has not returned);
// EPIPE when it is closed (to put), or closed and empty (to get).
bool queue_try_put(struct queue *queue, void *item);
bool queue_try_get(struct queue *queue, void **item);

// From now on no put succeeds, those that wait among them; gets go on until the
// queue is empty. May be called again.
void queue_close(struct queue *queue);

// All calls on it must have returned: join the threads first. Items that are
// still inside are not touched. NULL is allowed.
void queue_destroy(struct queue *queue);

#endif
