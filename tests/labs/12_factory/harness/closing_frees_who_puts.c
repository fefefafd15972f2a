// closing_frees_who_puts.c - two wait at a full queue: when it is closed both
// are told that their item is not inside, and it is not
#include <assert.h>
#include <stddef.h>

#include "queue.h"

static struct queue queue;

static void *put_in_vain(void *unused)
{
    assert(!queue_put(&queue, 2));
    return unused;
}

int main(void)
{
    pthread_t first, second;
    int item = 0;

    queue_init(&queue, 1);
    assert(queue_put(&queue, 1));
    pthread_create(&first, NULL, put_in_vain, NULL);
    pthread_create(&second, NULL, put_in_vain, NULL);
    queue_close(&queue);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    assert(queue_get(&queue, &item) && item == 1);
    assert(!queue_get(&queue, &item));
    queue_end(&queue);
    return 0;
}
