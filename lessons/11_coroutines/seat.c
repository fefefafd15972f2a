// seat.c - two coroutines buy the last seat, and both get it
// Run:    make run-seat
// Expect: 2 tickets for 1 seat, every time
// Why:    between looking and acting there is a yield, and behind a yield
//         nothing has to be as it was
#include <stdio.h>

#include "runtime/coro.h"
#include "runtime/fact.h"
#include "runtime/must.h"

static int seats = 1, tickets;

static void pay(void)
{
    coro_yield(); // the bank takes its time: others go on
}

static void buy(void *unused)
{
    (void)unused;
    if (seats > 0) { // [buy]
        pay();
        seats--;
        tickets++;
    }
}

int main(void)
{
    struct coro *ana = MUST(coro_create(buy, NULL, 0));
    struct coro *luis = MUST(coro_create(buy, NULL, 0));

    while (ana->state != CORO_DEAD || luis->state != CORO_DEAD) {
        if (ana->state != CORO_DEAD)
            coro_resume(ana);
        if (luis->state != CORO_DEAD)
            coro_resume(luis);
    }
    printf("seats: 1, tickets sold: %d\n", tickets);
    fact("tickets", tickets);
    coro_destroy(ana);
    coro_destroy(luis);
    return 0;
}
