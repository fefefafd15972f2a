// closing_loses_nothing.c - somebody closes while another one puts and a third
// takes: what went in comes out, what was refused does not
#include <assert.h>
#include <stddef.h>

#include "queue.h"

enum { ITEMS = 2 };

static struct queue queue;
static int went_in, came_out; // each one thread's own until it is joined

static void *put_all(void *unused)
{
    for (int item = 1; item <= ITEMS; item++)
        went_in += queue_put(&queue, item);
    return unused;
}

static void *take_all(void *unused)
{
    int item;

    while (queue_get(&queue, &item))
        came_out++;
    return unused;
}

int main(void)
{
    pthread_t putter, taker;

    queue_init(&queue, 1);
    pthread_create(&putter, NULL, put_all, NULL);
    pthread_create(&taker, NULL, take_all, NULL);
    queue_close(&queue);
    pthread_join(putter, NULL);
    pthread_join(taker, NULL);
    assert(came_out == went_in);
    queue_end(&queue);
    return 0;
}
