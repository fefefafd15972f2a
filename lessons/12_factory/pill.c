// pill.c - the day ends with a special part, and there is one for two packers
// Run:    make run-pill        Explore: ./telar explore pill
// Expect: it never ends (Ctrl-C)
// Why:    a pill sends home the one who takes it, and is gone
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
    queue_put(&desk, PILL); // "go home"
    for (int i = 0; i < PACKERS; i++)
        MUST(pthread_join(packers[i], NULL));

    puts("everybody is at home");
    queue_end(&desk);
    return 0;
}
