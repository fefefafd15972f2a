// closing_frees_who_takes.c - two wait at an empty queue: when it is closed both
// are told that nothing will come
#include <assert.h>
#include <stddef.h>

#include "queue.h"

static struct queue queue;

static void *take_none(void *unused)
{
    int item;

    assert(!queue_get(&queue, &item));
    return unused;
}

int main(void)
{
    pthread_t first, second;

    queue_init(&queue, 1);
    pthread_create(&first, NULL, take_none, NULL);
    pthread_create(&second, NULL, take_none, NULL);
    queue_close(&queue);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    queue_end(&queue);
    return 0;
}
