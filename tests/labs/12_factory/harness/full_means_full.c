// full_means_full.c - nobody is back from putting an item for which there was no
// place: with one place, the second only once somebody has begun to take
#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>

#include "queue.h"

static struct queue queue;
static atomic_int inside, taking;

static void *put_one(void *unused)
{
    queue_put(&queue, 1);
    inside++;
    assert(inside <= 1 + taking);
    return unused;
}

int main(void)
{
    pthread_t first, second;
    int item;

    queue_init(&queue, 1);
    pthread_create(&first, NULL, put_one, NULL);
    pthread_create(&second, NULL, put_one, NULL);
    for (int i = 0; i < 2; i++) {
        taking++;
        queue_get(&queue, &item);
    }
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    queue_end(&queue);
    return 0;
}
