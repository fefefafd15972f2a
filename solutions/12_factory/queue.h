// queue.h - a bounded queue for many who put and many who take (given, do not
// edit)
//
// Interface: queue_init, queue_end, queue_put, queue_get, queue_close,
// queue_get_many.
// Threads: any number may put, get and close the same queue at any time between
// queue_init and queue_end. Ownership: an item is a number, the caller's.
#ifndef QUEUE_H
#define QUEUE_H

#include <pthread.h>
#include <stdbool.h>

struct queue {
    int capacity;             // never changes: 1 or more
    pthread_mutex_t lock;     // guards what follows
    pthread_cond_t not_full;  // there is a place, or the queue is closed
    pthread_cond_t not_empty; // there is an item, or the queue is closed
    int *places;              // so many as capacity: a ring
    int first;                // the place of the oldest item
    int count;                // items that are inside
    bool is_closed;
};

// An open queue with nothing inside. (Written for you in queue.c.)
void queue_init(struct queue *queue, int capacity);

// Nobody uses it any more. (Written for you in queue.c.)
void queue_end(struct queue *queue);

// YOU WRITE THESE FOUR, in queue.c.

// Puts the item behind all that are inside. Blocks while the queue is full and
// open. Returns true; or false when the queue is closed, and then the item is
// not inside.
bool queue_put(struct queue *queue, int item);

// Takes the oldest item into *item. Blocks while the queue is empty and open.
// Returns true; or false, and leaves *item alone, when the queue is closed and
// empty: nothing will come any more.
bool queue_get(struct queue *queue, int *item);

// Closes the queue, for ever: from now on nothing goes in. What is inside can
// still be taken. All who block in it go on. To close a closed queue changes
// nothing.
void queue_close(struct queue *queue);

// (Advanced.) Takes the oldest items, as many as there are, but at most `most`,
// into items[0], items[1]..., in one visit. Blocks while the queue is empty and
// open. Returns how many; 0 when the queue is closed and empty.
int queue_get_many(struct queue *queue, int *items, int most);

#endif
