// pinned.c - assembler and packer hand over 5000 parts, free and on one core
// Run:    make run-pinned
// Expect: on one core nobody moves, and the switches do not become fewer
// Why:    affinity says where a thread runs; who has to wait sleeps anyway
#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>

#include "lessons/12_factory/queue.h"
#include "runtime/fact.h"

enum { PARTS = 5000, PLACES = 1 };

static struct queue desk;

static void *assemble(void *moves)
{
    int core = sched_getcpu();

    for (int part = 1; part <= PARTS; part++) { // [work]
        queue_put(&desk, part);
        if (sched_getcpu() != core)
            ++*(int *)moves;
        core = sched_getcpu();
    }
    queue_close(&desk);
    return NULL;
}

static void *pack(void *unused)
{
    int part;

    while (queue_get(&desk, &part))
        ;
    return unused;
}

static long switches(void)
{
    struct rusage used;

    MUST(getrusage(RUSAGE_SELF, &used));
    return used.ru_nvcsw + used.ru_nivcsw;
}

static long hand_over(const char *where, const char *fact_switches,
                      const char *fact_moves)
{
    long before = switches();
    pthread_t assembler, packer;
    int moves = 0;

    queue_init(&desk, PLACES, "desk");
    MUST(pthread_create(&packer, NULL, pack, NULL));
    MUST(pthread_create(&assembler, NULL, assemble, &moves));
    MUST(pthread_join(assembler, NULL));
    MUST(pthread_join(packer, NULL));
    queue_end(&desk);
    long all = switches() - before;
    printf("%s: %ld context switches, %d moves\n", where, all, moves);
    fact(fact_switches, 1000 * all / PARTS);
    fact(fact_moves, moves);
    return all;
}

int main(void)
{
    cpu_set_t may, one;
    int core = 0;

    long free_all = hand_over("free", "free_switches_a_1000", "free_moves");
    MUST(sched_getaffinity(0, sizeof may, &may)); // [pin]
    while (!CPU_ISSET(core, &may))
        core++;
    CPU_ZERO(&one);
    CPU_SET(core, &one);
    MUST(sched_setaffinity(0, sizeof one, &one));
    long pinned =
        hand_over("on one core", "pinned_switches_a_1000", "pinned_moves");
    fact("pinned_to_free_x100", 100 * pinned / free_all);
    return 0;
}
