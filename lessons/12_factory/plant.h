// plant.h - the building where parts are assembled, and packed in three shifts
//
// Interface: bench, plant_work.
// Threads: two assemblers and a packer, whose shifts are coroutines.
#ifndef TELAR_LESSON_PLANT_H
#define TELAR_LESSON_PLANT_H

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "lessons/12_factory/queue.h"
#include "runtime/coro.h"
#include "runtime/fact.h"

enum { ASSEMBLERS = 2, SHIFTS = 3, A_SHIFT = 8 };

static struct queue bench; // assembled, not packed
static int plant_parts;    // to be assembled
static int plant_gate;     // where packed parts leave, one after the other

static inline void *plant_assemble(void *first)
{
    for (int part = *(int *)first; part <= plant_parts; part += ASSEMBLERS) {
        MUST(nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL));
        queue_put(&bench, part);
    }
    return NULL;
}

// A coroutine that waits in queue_get stops its thread, and the other shifts
// with it. Here that harms nobody: whoever puts is another thread, and the
// other shifts would have to wait for the same part.
static inline void plant_shift(void *packed)
{
    int part;

    for (int done = 0; queue_get(&bench, &part);) { // [shift]
        MUST(write(plant_gate, &part, sizeof part));
        ++*(int *)packed;
        if (++done % A_SHIFT == 0)
            coro_yield(); // clocks out
    }
}

// One thread, one place, three shifts; until all of them are done.
static inline void *plant_pack(void *packed)
{
    struct coro *shifts[SHIFTS];
    int at_work = SHIFTS;

    for (int i = 0; i < SHIFTS; i++)
        shifts[i] = MUST(coro_create(plant_shift, (int *)packed + i, 0));
    for (int i = 0; at_work > 0; i = (i + 1) % SHIFTS)
        if (shifts[i]->state != CORO_DEAD) {
            coro_resume(shifts[i]);
            at_work -= shifts[i]->state == CORO_DEAD;
        }
    for (int i = 0; i < SHIFTS; i++)
        coro_destroy(shifts[i]);
    return NULL;
}

static inline void plant_work(int parts, int gate)
{
    int first[ASSEMBLERS] = {1, 2}, packed[SHIFTS] = {0};
    pthread_t assemblers[ASSEMBLERS], packer;

    plant_parts = parts;
    plant_gate = gate;
    queue_init(&bench, 4, "bench");
    for (int i = 0; i < ASSEMBLERS; i++)
        MUST(pthread_create(&assemblers[i], NULL, plant_assemble, &first[i]));
    MUST(pthread_create(&packer, NULL, plant_pack, packed));

    for (int i = 0; i < ASSEMBLERS; i++) // [close]
        MUST(pthread_join(assemblers[i], NULL));
    queue_close(&bench);
    MUST(pthread_join(packer, NULL));
    MUST(close(gate)); // the dispatch reads the end of the file

    printf("packed: %d in the morning, %d in the afternoon, %d at night\n",
           packed[0], packed[1], packed[2]);
    fact("packed", packed[0] + packed[1] + packed[2]);
    fact("assemblers_waited", bench.put_waits);
    queue_end(&bench);
}

#endif
