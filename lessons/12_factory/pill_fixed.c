// pill_fixed.c - the day ends with a special part for each packer
// Run:    make run-pill_fixed        Explore: ./telar explore pill_fixed
// Expect: both go home
// Why:    each takes one pill and no more; whoever hires a third packer has
//         to remember it here
#include <stdio.h>

#include "lessons/12_factory/queue.h"

enum { PARTS = 2, PACKERS = 2, PLACES = 2, PILL = 0 };

static struct queue desk;

static void *pack(void *unused)
{
    int part = PILL;

    while (queue_get(&desk, &part) && part != PILL) // [pack]
        ;
    return unused;
}

int main(void)
{
    pthread_t packers[PACKERS];

    queue_init(&desk, PLACES, "desk");
    for (int i = 0; i < PACKERS; i++)
        MUST(pthread_create(&packers[i], NULL, pack, NULL));

    for (int part = 1; part <= PARTS; part++) // [close]
        queue_put(&desk, part);
    for (int i = 0; i < PACKERS; i++)
        queue_put(&desk, PILL); // "go home"
    for (int i = 0; i < PACKERS; i++)
        MUST(pthread_join(packers[i], NULL));

    puts("everybody is at home");
    queue_end(&desk);
    return 0;
}
