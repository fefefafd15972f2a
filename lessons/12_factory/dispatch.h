// dispatch.h - the building where parts arrive and are sold
//
// Interface: dock, dispatch_work.
// Threads: one that receives, two that sell.
#ifndef TELAR_LESSON_DISPATCH_H
#define TELAR_LESSON_DISPATCH_H

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "lessons/12_factory/queue.h"
#include "runtime/fact.h"

enum { SELLERS = 2 };

static struct queue dock; // come, not sold
static int dispatch_gate; // where parts arrive, one after the other

static inline void *dispatch_receive(void *unused)
{
    int part;

    while (MUST(read(dispatch_gate, &part, sizeof part)) > 0) // [receive]
        queue_put(&dock, part);
    queue_close(&dock);
    return unused;
}

static inline void *dispatch_sell(void *sold)
{
    int part;

    while (queue_get(&dock, &part)) {
        MUST(nanosleep(&(struct timespec){.tv_nsec = 6000000}, NULL));
        ++*(int *)sold;
    }
    return NULL;
}

static inline void dispatch_work(int gate)
{
    pthread_t receiver, sellers[SELLERS];
    int sold[SELLERS] = {0};

    dispatch_gate = gate;
    queue_init(&dock, 6, "dock");
    MUST(pthread_create(&receiver, NULL, dispatch_receive, NULL));
    for (int i = 0; i < SELLERS; i++)
        MUST(pthread_create(&sellers[i], NULL, dispatch_sell, &sold[i]));
    MUST(pthread_join(receiver, NULL));
    for (int i = 0; i < SELLERS; i++)
        MUST(pthread_join(sellers[i], NULL));

    printf("sold: %d by the one, %d by the other\n", sold[0], sold[1]);
    fflush(stdout);
    fact("sold", sold[0] + sold[1]);
    fact("receiver_waited", dock.put_waits);
    queue_end(&dock);
}

#endif
