// seat_fixed.c - two coroutines want the last seat, and one gets it
// Run:    make run-seat_fixed
// Expect: 1 ticket for 1 seat
// Why:    nothing comes between two lines without a yield: the seat is taken
//         before anybody else can look
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
        seats--;
        pay();
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
