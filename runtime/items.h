// items.h - a program with queues of its own says what goes through them
//
// Whoever watches the program sees locks and conditions, and not what they are
// there for. With these calls the items can be seen on their way: "./telar run
// PROGRAM", and then "./telar view --view factory .telar/run.trace". Where
// nobody watches they do nothing; nor do they in a build for the explorer, or
// for any other watcher of threads that is compiled in.
//
// Interface: items_queue, items_offered, items_put, items_asked, items_taken,
// items_refused, items_closed.
// Threads: any. Ownership: the queue is not touched; its address names it.
//
// items_put, items_taken and items_closed are called where the change is made,
// with the queue's lock in hand: else who watches may hear of them in another
// order. All preserve errno.
#ifndef TELAR_ITEMS_H
#define TELAR_ITEMS_H

#include <stddef.h>
#include <stdint.h>

// A queue begins, with room for so many items (0: no limit). The name is what
// it is called from now on.
void items_queue(const void *queue, size_t capacity, const char *name);

// The calling thread wants to put this item, and may have to wait. What follows
// is items_put or items_refused. An item is a number that tells it from others.
void items_offered(const void *queue, uint64_t item);
void items_put(const void *queue, uint64_t item);

// The calling thread wants one, and may have to wait. What follows is
// items_taken or items_refused.
void items_asked(const void *queue);
void items_taken(const void *queue, uint64_t item);

// It got neither room nor an item: the queue is closed, or time is up.
void items_refused(const void *queue);

void items_closed(const void *queue);

#endif
