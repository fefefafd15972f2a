// joins_first.c - who should empty the desk waits for the one who fills it
// Run:    make run-joins_first      (3 parts; or so many: joins_first 4)
//         ./telar explore joins_first -- 4
// Expect: with 3 parts it ends; with 4 it never does (Ctrl-C)
// Why:    the desk has 3 places: the fourth part waits for somebody to take
//         one, and the only one who does that waits for the assembler
#include <stdio.h>
#include <stdlib.h>

#include "lessons/12_factory/queue.h"
#include "runtime/fact.h"

enum { PLACES = 3 };

static struct queue desk;
static int parts = PLACES;

static void *assemble(void *unused)
{
    for (int part = 1; part <= parts; part++)
        queue_put(&desk, part);
    queue_close(&desk);
    return unused;
}

int main(int count, char **arguments)
{
    pthread_t assembler;
    int packed = 0, part;

    if (count > 1)
        parts = atoi(arguments[1]);
    queue_init(&desk, PLACES, "desk");
    MUST(pthread_create(&assembler, NULL, assemble, NULL));

    MUST(pthread_join(assembler, NULL)); // [join]
    while (queue_get(&desk, &part))
        packed++;

    printf("%d parts are packed\n", packed);
    fact("packed", packed);
    queue_end(&desk);
    return 0;
}
