// nobody_closes.c - the assembler goes home, the packers wait for the next part
// Run:    make run-nobody_closes     Explore: ./telar explore nobody_closes
// Expect: it never ends (Ctrl-C)
// Why:    an empty desk does not say whether a part is late or none will come
#include <stdio.h>

#include "lessons/12_factory/queue.h"

enum { PARTS = 2, PACKERS = 2, PLACES = 2 };

static struct queue desk;

static void *pack(void *unused)
{
    int part;

    while (queue_get(&desk, &part))
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
    // The work is done. Nobody says so.
    for (int i = 0; i < PACKERS; i++)
        MUST(pthread_join(packers[i], NULL));

    puts("everybody is at home");
    queue_end(&desk);
    return 0;
}
