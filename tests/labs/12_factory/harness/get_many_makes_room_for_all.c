// get_many_makes_room_for_all.c - the queue is full and two wait to put: one
// visit takes both items, and then both go on
#include <assert.h>
#include <stddef.h>

#include "queue.h"

enum { PLACES = 2 };

static struct queue queue;

static void *put_one(void *unused)
{
    queue_put(&queue, 3);
    return unused;
}

int main(void)
{
    pthread_t first, second;
    int items[PLACES] = {0};

    queue_init(&queue, PLACES);
    queue_put(&queue, 1);
    queue_put(&queue, 2);
    pthread_create(&first, NULL, put_one, NULL);
    pthread_create(&second, NULL, put_one, NULL);
    assert(queue_get_many(&queue, items, PLACES) == PLACES);
    assert(items[0] == 1 && items[1] == 2);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    queue_end(&queue);
    return 0;
}
