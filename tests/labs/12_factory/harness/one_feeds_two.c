// one_feeds_two.c - two wait to take and one puts two items: nobody sleeps on
// beside an item
#include <stddef.h>

#include "queue.h"

enum { ITEMS = 2 };

static struct queue queue;

static void *take_one(void *unused)
{
    int item;

    queue_get(&queue, &item);
    return unused;
}

int main(void)
{
    pthread_t takers[ITEMS];

    queue_init(&queue, ITEMS);
    for (int i = 0; i < ITEMS; i++)
        pthread_create(&takers[i], NULL, take_one, NULL);
    for (int i = 0; i < ITEMS; i++)
        queue_put(&queue, i);
    for (int i = 0; i < ITEMS; i++)
        pthread_join(takers[i], NULL);
    queue_end(&queue);
    return 0;
}
