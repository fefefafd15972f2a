// get_many_is_one_visit.c - two items are inside and two ask for two: one of them
// gets both, whoever it is
#include <assert.h>
#include <stddef.h>

#include "queue.h"

enum { ITEMS = 2 };

static struct queue queue;
static int came; // the taker's own until it is joined

static void *take_two(void *unused)
{
    int items[ITEMS] = {0};

    came = queue_get_many(&queue, items, ITEMS);
    return unused;
}

int main(void)
{
    int items[ITEMS] = {0};
    pthread_t taker;

    queue_init(&queue, ITEMS);
    queue_put(&queue, 1);
    queue_put(&queue, 2);
    queue_close(&queue);
    pthread_create(&taker, NULL, take_two, NULL);
    int mine = queue_get_many(&queue, items, ITEMS);
    pthread_join(taker, NULL);
    assert((mine == 2 && came == 0) || (mine == 0 && came == 2));
    queue_end(&queue);
    return 0;
}
