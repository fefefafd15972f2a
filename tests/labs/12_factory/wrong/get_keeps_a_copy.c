// refused by: memory_is_in_order
// each item is copied once more, and the copy is not freed
#include <stdlib.h>

#include "queue.h"

void queue_init(struct queue *queue, int capacity)
{
    queue->capacity = capacity;
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->not_full, NULL);
    pthread_cond_init(&queue->not_empty, NULL);
    queue->places = calloc((size_t)capacity, sizeof *queue->places);
    if (!queue->places)
        abort();
    queue->first = 0;
    queue->count = 0;
    queue->is_closed = false;
}

void queue_end(struct queue *queue)
{
    free(queue->places);
    pthread_cond_destroy(&queue->not_empty);
    pthread_cond_destroy(&queue->not_full);
    pthread_mutex_destroy(&queue->lock);
}

// One item is of use to one who takes, so one of them is told; all that sleep
// in not_empty are such.
bool queue_put(struct queue *queue, int item)
{
    pthread_mutex_lock(&queue->lock);
    while (queue->count == queue->capacity && !queue->is_closed)
        pthread_cond_wait(&queue->not_full, &queue->lock);

    bool is_open = !queue->is_closed;
    if (is_open) {
        int free_place = (queue->first + queue->count) % queue->capacity;

        queue->places[free_place] = item;
        queue->count++;
        pthread_cond_signal(&queue->not_empty);
    }
    pthread_mutex_unlock(&queue->lock);
    return is_open;
}

// With the lock in hand, and something inside.
static int take_oldest(struct queue *queue)
{
    int item = queue->places[queue->first];

    queue->first = (queue->first + 1) % queue->capacity;
    queue->count--;
    return item;
}

static void wait_for_item(struct queue *queue)
{
    while (queue->count == 0 && !queue->is_closed)
        pthread_cond_wait(&queue->not_empty, &queue->lock);
}

// Closed is not empty: what is inside goes out first.
bool queue_get(struct queue *queue, int *item)
{
    int *copy = malloc(sizeof *copy);

    if (!copy)
        abort();
    pthread_mutex_lock(&queue->lock);
    wait_for_item(queue);

    bool is_one = queue->count > 0;
    if (is_one) {
        *copy = take_oldest(queue);
        *item = *copy;
        pthread_cond_signal(&queue->not_full);
    }
    pthread_mutex_unlock(&queue->lock);
    return is_one;
}

void queue_close(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->is_closed = true;
    pthread_cond_broadcast(&queue->not_full);
    pthread_cond_broadcast(&queue->not_empty);
    pthread_mutex_unlock(&queue->lock);
}

// Several places at once are of use to several who put: all are told.
int queue_get_many(struct queue *queue, int *items, int most)
{
    int taken = 0;

    pthread_mutex_lock(&queue->lock);
    wait_for_item(queue);
    while (taken < most && queue->count > 0)
        items[taken++] = take_oldest(queue);
    if (taken > 0)
        pthread_cond_broadcast(&queue->not_full);
    pthread_mutex_unlock(&queue->lock);
    return taken;
}
