// shifts.c - three shifts share a desk: coroutines in one thread
// Run:    make run-shifts        (or: shifts overtime)
// Expect: 8 hours each; with "overtime" 24 for the morning, none for the rest
// Why:    whoever sits at the desk stays there until clocking out; nobody can
//         send a shift home
#include <stdio.h>
#include <string.h>

#include "runtime/coro.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { SHIFTS = 3, DAY = 24, SHIFT = 8 };

struct shift {
    const char *name, *fact;
    bool stays; // never clocks out
    int hours;
};

// All of them use these, and there is no lock: one of them works at a time.
static int hour;
static int parts;

static void work(void *argument)
{
    struct shift *me = argument;

    while (hour < DAY) { // [work]
        hour++;
        parts++;
        me->hours++;
        if (me->hours % SHIFT == 0 && !me->stays)
            coro_yield(); // clocks out
    }
}

int main(int count, char **arguments)
{
    struct shift shifts[SHIFTS] = {{"morning", "morning_hours", false, 0},
                                   {"afternoon", "afternoon_hours", false, 0},
                                   {"night", "night_hours", false, 0}};
    struct coro *workers[SHIFTS];

    shifts[0].stays = count > 1 && strcmp(arguments[1], "overtime") == 0;
    for (int i = 0; i < SHIFTS; i++) // [day]
        workers[i] = MUST(coro_create(work, &shifts[i], 0));
    for (int i = 0; i < SHIFTS; i++)
        coro_resume(workers[i]);

    for (int i = 0; i < SHIFTS; i++) {
        printf("%-9s %2d hours\n", shifts[i].name, shifts[i].hours);
        fact(shifts[i].fact, shifts[i].hours);
        coro_destroy(workers[i]);
    }
    fact("parts", parts);
    return 0;
}
