// queue.h - the bounded queue of the textbook: a lock and two conditions
//
// Interface: queue_init, queue_put, queue_get, queue_close, queue_end.
// Threads: any number put and get at any time between init and end.
// Ownership: the queue owns its places; an item is a number, the caller's.
//
// Whoever watches the program is told what goes through (items_...): that is
// for the eyes, and changes nothing.
#ifndef TELAR_LESSON_QUEUE_H
#define TELAR_LESSON_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "runtime/items.h"
#include "runtime/must.h"

struct queue {
    int capacity;         // never changes
    pthread_mutex_t lock; // guards what follows
    pthread_cond_t not_full, not_empty;
    int *places; // a ring
    int first, count;
    bool is_closed;
    int most;                  // that ever were inside
    long put_waits, get_waits; // how often somebody slept
};

static inline void queue_init(struct queue *queue, int capacity,
                              const char *name)
{
    *queue = (struct queue){.capacity = capacity};
    MUST(pthread_mutex_init(&queue->lock, NULL));
    MUST(pthread_cond_init(&queue->not_full, NULL));
    MUST(pthread_cond_init(&queue->not_empty, NULL));
    queue->places = MUST(calloc((size_t)capacity, sizeof *queue->places));
    items_queue(queue, (size_t)capacity, name);
}

static inline void queue_append(struct queue *queue, int item)
{
    queue->places[(queue->first + queue->count++) % queue->capacity] = item;
    if (queue->count > queue->most)
        queue->most = queue->count;
    items_put(queue, (uint64_t)item);
}

static inline int queue_take_first(struct queue *queue)
{
    int item = queue->places[queue->first];

    queue->first = (queue->first + 1) % queue->capacity;
    queue->count--;
    items_taken(queue, (uint64_t)item);
    return item;
}

// Blocks while the queue is full. Returns false, and does not take the item,
// once it is closed.
static inline bool queue_put(struct queue *queue, int item)
{
    items_offered(queue, (uint64_t)item);
    MUST(pthread_mutex_lock(&queue->lock)); // [put]
    while (queue->count == queue->capacity && !queue->is_closed) {
        queue->put_waits++;
        MUST(pthread_cond_wait(&queue->not_full, &queue->lock));
    }
    bool is_taken = !queue->is_closed;
    if (is_taken) {
        queue_append(queue, item);
        MUST(pthread_cond_signal(&queue->not_empty));
    }
    MUST(pthread_mutex_unlock(&queue->lock)); // [put-end]
    if (!is_taken)
        items_refused(queue);
    return is_taken;
}

// Blocks while the queue is empty. Returns false when nothing will come any
// more: it is closed, and all that was inside has been taken.
static inline bool queue_get(struct queue *queue, int *item)
{
    items_asked(queue);
    MUST(pthread_mutex_lock(&queue->lock)); // [get]
    while (queue->count == 0 && !queue->is_closed) {
        queue->get_waits++;
        MUST(pthread_cond_wait(&queue->not_empty, &queue->lock));
    }
    bool is_one = queue->count > 0;
    if (is_one) {
        *item = queue_take_first(queue);
        MUST(pthread_cond_signal(&queue->not_full));
    }
    MUST(pthread_mutex_unlock(&queue->lock)); // [get-end]
    if (!is_one)
        items_refused(queue);
    return is_one;
}

// Nothing more goes in, and all who sleep have to look again.
static inline void queue_close(struct queue *queue)
{
    MUST(pthread_mutex_lock(&queue->lock)); // [close]
    queue->is_closed = true;
    items_closed(queue);
    MUST(pthread_cond_broadcast(&queue->not_full));
    MUST(pthread_cond_broadcast(&queue->not_empty));
    MUST(pthread_mutex_unlock(&queue->lock)); // [close-end]
}

// Nobody uses it any more.
static inline void queue_end(struct queue *queue)
{
    free(queue->places);
    MUST(pthread_cond_destroy(&queue->not_empty));
    MUST(pthread_cond_destroy(&queue->not_full));
    MUST(pthread_mutex_destroy(&queue->lock));
}

#endif
