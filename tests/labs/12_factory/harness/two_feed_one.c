// two_feed_one.c - the queue is full, two wait to put and one takes two items:
// nobody sleeps on beside a place
#include <stddef.h>

#include "queue.h"

enum { ITEMS = 2 };

static struct queue queue;

static void *put_one(void *unused)
{
    queue_put(&queue, 3);
    return unused;
}

int main(void)
{
    pthread_t putters[ITEMS];
    int item;

    queue_init(&queue, ITEMS);
    for (int i = 0; i < ITEMS; i++)
        queue_put(&queue, i);
    for (int i = 0; i < ITEMS; i++)
        pthread_create(&putters[i], NULL, put_one, NULL);
    for (int i = 0; i < ITEMS; i++)
        queue_get(&queue, &item);
    for (int i = 0; i < ITEMS; i++)
        pthread_join(putters[i], NULL);
    queue_end(&queue);
    return 0;
}
