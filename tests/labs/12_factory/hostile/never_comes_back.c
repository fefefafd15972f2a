// queue.c - waits for itself, in every function
#include "queue.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void leave(void)
{
    pthread_mutex_lock(&gate);
    pthread_mutex_lock(&gate);
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
