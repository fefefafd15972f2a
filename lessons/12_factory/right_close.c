// right_close.c - two assemblers, two packers: join, close, drain, join
// Run:    make run-right_close     Explore: ./telar explore right_close
// Expect: every part is packed once, and everybody goes home; proved
// Why:    when the assemblers are home nothing more comes, and only then the
//         desk is closed; a closed desk still gives what is on it
#include <assert.h>
#include <stdio.h>

#include "lessons/12_factory/queue.h"
#include "runtime/fact.h"

enum { ASSEMBLERS = 2, PACKERS = 2, EACH = 1, PLACES = 1 };

static struct queue desk;
static int packed[PACKERS]; // each packer's own

static void *assemble(void *unused)
{
    for (int part = 1; part <= EACH; part++)
        assert(queue_put(&desk, part));
    return unused;
}

static void *pack(void *count)
{
    int part;

    while (queue_get(&desk, &part)) // [pack]
        ++*(int *)count;
    return NULL;
}

int main(void)
{
    pthread_t assemblers[ASSEMBLERS], packers[PACKERS];
    int all = 0;

    queue_init(&desk, PLACES, "desk");
    for (int i = 0; i < ASSEMBLERS; i++)
        MUST(pthread_create(&assemblers[i], NULL, assemble, NULL));
    for (int i = 0; i < PACKERS; i++)
        MUST(pthread_create(&packers[i], NULL, pack, &packed[i]));

    for (int i = 0; i < ASSEMBLERS; i++) // [close]
        MUST(pthread_join(assemblers[i], NULL));
    queue_close(&desk);
    for (int i = 0; i < PACKERS; i++)
        MUST(pthread_join(packers[i], NULL));

    for (int i = 0; i < PACKERS; i++)
        all += packed[i];
    fact("packed", all);
    assert(all == ASSEMBLERS * EACH);
    queue_end(&desk);
    return 0;
}
