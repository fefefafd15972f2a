// same_seat.c - the morning waits for parts that the afternoon would make
// Run:    make run-same_seat
// Expect: it never ends (Ctrl-C)
// Why:    queue_get sleeps with the whole thread, and the one who would put
//         something on the desk is in that thread
#include <stdio.h>

#include "lessons/12_factory/queue.h"
#include "runtime/coro.h"
#include "runtime/fact.h"

enum { PARTS = 3, PLACES = 3 };

static struct queue desk;
static int packed;

static void pack(void *unused)
{
    int part;

    for (int i = 0; i < PARTS; i++) { // [pack]
        // Sleeps, if there is none: so does the thread, and all that
        // lives in it.
        queue_get(&desk, &part);
        packed++;
    }
    (void)unused;
}

static void assemble(void *unused)
{
    for (int part = 1; part <= PARTS; part++) { // [assemble]
        queue_put(&desk, part);
        coro_yield();
    }
    (void)unused;
}

int main(void)
{
    struct coro *morning = MUST(coro_create(pack, NULL, 0));
    struct coro *afternoon = MUST(coro_create(assemble, NULL, 0));

    queue_init(&desk, PLACES, "desk");
    while (morning->state != CORO_DEAD) { // [turns]
        coro_resume(morning);
        if (afternoon->state != CORO_DEAD)
            coro_resume(afternoon);
    }

    printf("%d parts are packed\n", packed);
    fact("packed", packed);
    coro_destroy(morning);
    coro_destroy(afternoon);
    queue_end(&desk);
    return 0;
}
