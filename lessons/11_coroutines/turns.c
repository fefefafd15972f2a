// turns.c - a scheduler in ten lines: everybody in turns, until all are done
// Run:    make run-turns
// Expect: Ana 1, Luis 1, Eva 1, Ana 2, Luis 2, Eva 2: the same every time
// Why:    a task runs until it yields, and who comes next is written in main;
//         chance has no part in it
#include <stdio.h>

#include "runtime/coro.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { TASKS = 3 };

static void work(void *name)
{
    for (int i = 1; i <= 2; i++) {
        printf("%s %d\n", (char *)name, i);
        coro_yield(); // [work]
    }
}

int main(void)
{
    static char *names[TASKS] = {"Ana", "Luis", "Eva"};
    struct coro *tasks[TASKS];
    int alive = TASKS, turns = 0;

    for (int i = 0; i < TASKS; i++)
        tasks[i] = MUST(coro_create(work, names[i], 0));
    for (int next = 0; alive > 0; next = (next + 1) % TASKS) { // [scheduler]
        if (tasks[next]->state == CORO_DEAD)
            continue;
        coro_resume(tasks[next]);
        turns++;
        if (tasks[next]->state == CORO_DEAD)
            alive--;
    }

    fact("turns", turns);
    for (int i = 0; i < TASKS; i++)
        coro_destroy(tasks[i]);
    return 0;
}
