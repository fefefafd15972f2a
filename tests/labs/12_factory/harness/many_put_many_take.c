// many_put_many_take.c - two put, two take, one place: each item comes out once,
// and nobody is left waiting
#include <assert.h>
#include <stddef.h>

#include "queue.h"

enum { THREADS = 2 };

static struct queue queue;
static const int numbers[THREADS] = {1, 2};
static int taken[THREADS];

static void *put_one(void *number)
{
    assert(queue_put(&queue, *(const int *)number));
    return NULL;
}

static void *take_one(void *place)
{
    assert(queue_get(&queue, place));
    return NULL;
}

int main(void)
{
    pthread_t putters[THREADS], takers[THREADS];

    queue_init(&queue, 1);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&takers[i], NULL, take_one, &taken[i]);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&putters[i], NULL, put_one, (void *)&numbers[i]);
    for (int i = 0; i < THREADS; i++)
        pthread_join(putters[i], NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(takers[i], NULL);
    assert(taken[0] + taken[1] == 3 && taken[0] * taken[1] == 2);
    queue_end(&queue);
    return 0;
}
