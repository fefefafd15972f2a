// get_many_waits_and_ends.c - it waits for the first item and for no more, and is
// told when nothing will come
#include <assert.h>
#include <semaphore.h>
#include <stddef.h>

#include "queue.h"

enum { ITEMS = 2 };

static struct queue queue;
static sem_t visited;
static int came_out; // the taker's own until it is joined

static void *take_all(void *unused)
{
    int items[ITEMS] = {0}, count;

    while ((count = queue_get_many(&queue, items, ITEMS)) > 0) {
        assert(count == 1 && items[0] == ++came_out);
        sem_post(&visited);
    }
    return unused;
}

int main(void)
{
    pthread_t taker;

    queue_init(&queue, ITEMS);
    sem_init(&visited, 0, 0);
    pthread_create(&taker, NULL, take_all, NULL);
    for (int item = 1; item <= ITEMS; item++) {
        queue_put(&queue, item);
        sem_wait(&visited); // the next one comes when this one is gone
    }
    queue_close(&queue);
    pthread_join(taker, NULL);
    assert(came_out == ITEMS);
    queue_end(&queue);
    return 0;
}
