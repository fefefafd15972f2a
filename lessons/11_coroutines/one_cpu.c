// one_cpu.c - one coroutine on every core, and always in the same thread
// Run:    make run-one_cpu
// Expect: as many cores seen as there are, 1 thread
// Why:    a coroutine runs where its thread runs, and the system moves threads
//         as it likes; here we ask it to
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "runtime/coro.h"
#include "runtime/fact.h"
#include "runtime/must.h"

static bool seen[CPU_SETSIZE];
static int cores_seen, threads_seen, last_thread;

static void look_around(void *unused)
{
    (void)unused;
    for (;;) {
        int core = MUST(sched_getcpu()); // [look]
        cores_seen += !seen[core];
        seen[core] = true;
        threads_seen += gettid() != last_thread;
        last_thread = gettid();
        coro_yield();
    }
}

static void move_to(int core)
{
    cpu_set_t one;

    CPU_ZERO(&one);
    CPU_SET(core, &one);
    MUST(sched_setaffinity(0, sizeof one, &one));
}

int main(void)
{
    struct coro *traveller = MUST(coro_create(look_around, NULL, 0));
    cpu_set_t allowed;

    MUST(sched_getaffinity(0, sizeof allowed, &allowed));
    for (int core = 0; core < CPU_SETSIZE; core++)
        if (CPU_ISSET(core, &allowed)) {
            move_to(core); // [move]
            coro_resume(traveller);
        }
    printf("one coroutine, %d thread, %d cores\n", threads_seen, cores_seen);
    fact("cores", CPU_COUNT(&allowed));
    fact("cores_seen", cores_seen);
    fact("threads_seen", threads_seen);
    coro_destroy(traveller);
    return 0;
}
