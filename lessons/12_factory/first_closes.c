// first_closes.c - the first assembler who is done closes the desk
// Run:    make run-first_closes     Explore: ./telar explore first_closes
// Expect: often a part is refused, and lost; the explorer finds it every time
// Why:    "I am done" is not "nothing more comes": the other one still works
#include <assert.h>
#include <stdio.h>

#include "lessons/12_factory/queue.h"
#include "runtime/fact.h"

enum { ASSEMBLERS = 2, PLACES = 1 };

static struct queue desk;

static void *assemble(void *unused)
{
    queue_put(&desk, 1); // [close]
    queue_close(&desk);
    return unused;
}

int main(void)
{
    pthread_t assemblers[ASSEMBLERS];
    int packed = 0, part;

    queue_init(&desk, PLACES, "desk");
    for (int i = 0; i < ASSEMBLERS; i++)
        MUST(pthread_create(&assemblers[i], NULL, assemble, NULL));

    while (queue_get(&desk, &part))
        packed++;

    for (int i = 0; i < ASSEMBLERS; i++)
        MUST(pthread_join(assemblers[i], NULL));
    fact("packed", packed);
    assert(packed == ASSEMBLERS); // [all]
    puts("every part is packed");
    queue_end(&desk);
    return 0;
}
