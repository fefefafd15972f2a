// one_desk.c - an assembler, a packer, a desk with 4 places: who has to wait?
// Run:    make run-one_desk        (or: one_desk assembler)
// Expect: the assembler waits if the packer is slow, the packer if it is not;
//         it takes as long as the slow one takes, either way
// Why:    a desk that is full stops who puts, one that is empty who takes
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "lessons/12_factory/queue.h"
#include "runtime/fact.h"

enum { PARTS = 100, PLACES = 4, WORK_MS = 2 };

static struct queue desk;
static bool slow_assembler; // else the packer is slow

// Stands for work that takes time: so it needs no core.
static void work(void)
{
    MUST(nanosleep(&(struct timespec){.tv_nsec = WORK_MS * 1000000}, NULL));
}

static void *assemble(void *unused)
{
    for (int part = 1; part <= PARTS; part++) { // [assemble]
        if (slow_assembler)
            work();
        queue_put(&desk, part);
    }
    queue_close(&desk);
    return unused;
}

static void *pack(void *unused)
{
    int part;

    while (queue_get(&desk, &part)) // [pack]
        if (!slow_assembler)
            work();
    return unused;
}

int main(int count, char **arguments)
{
    pthread_t assembler, packer;

    slow_assembler = count > 1 && strcmp(arguments[1], "assembler") == 0;
    queue_init(&desk, PLACES, "desk");
    MUST(pthread_create(&assembler, NULL, assemble, NULL));
    MUST(pthread_create(&packer, NULL, pack, NULL));
    MUST(pthread_join(assembler, NULL));
    MUST(pthread_join(packer, NULL));

    printf("%d parts; the assembler waited %ld times, the packer %ld times\n",
           PARTS, desk.put_waits, desk.get_waits);
    fact("assembler_waits", desk.put_waits);
    fact("packer_waits", desk.get_waits);
    fact("most_on_desk", desk.most);
    queue_end(&desk);
    return 0;
}
