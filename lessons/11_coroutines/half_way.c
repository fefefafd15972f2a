// half_way.c - a function stops half way, and goes on where it was
// Run:    make run-half_way
// Expect: in turns: 1, my turn, 2, my turn, the end, my turn
// Why:    its variables and its place in the code stay on a stack of its own
//         while main goes on
#include <stdio.h>

#include "runtime/coro.h"
#include "runtime/fact.h"
#include "runtime/must.h"

static void count(void *unused)
{
    (void)unused;
    for (int i = 1; i <= 2; i++) { // [count]
        printf("coroutine: %d\n", i);
        coro_yield();
    }
    puts("coroutine: the end");
}

int main(void)
{
    int resumes = 0;

    struct coro *counter = MUST(coro_create(count, NULL, 0)); // [main]
    puts("main: created");
    while (counter->state != CORO_DEAD) {
        coro_resume(counter);
        puts("main: my turn");
        resumes++;
    }

    fact("resumes", resumes);
    coro_destroy(counter);
    return 0;
}
