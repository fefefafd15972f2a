// each_item_once_in_order.c - through one place: each item once, in order
#include <assert.h>
#include <stddef.h>

#include "queue.h"

enum { ITEMS = 3 };

static struct queue queue;

static void *put_all(void *unused)
{
    for (int item = 1; item <= ITEMS; item++)
        assert(queue_put(&queue, item));
    return unused;
}

int main(void)
{
    pthread_t putter;
    int item = 0;

    queue_init(&queue, 1);
    pthread_create(&putter, NULL, put_all, NULL);
    for (int next = 1; next <= ITEMS; next++) {
        assert(queue_get(&queue, &item));
        assert(item == next);
    }
    pthread_join(putter, NULL);
    queue_end(&queue);
    return 0;
}
