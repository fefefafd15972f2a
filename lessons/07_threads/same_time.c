// same_time.c - two threads of one process run at the same instant
// Run:    make run-same_time
// Expect: nearly all of 100 answers came while the asker stayed on its core
// Why:    who does not leave its core makes no room in it: the one who answered
//         was on another. Where there is one core no answer can come like that
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/resource.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { ROUNDS = 100 };

static atomic_int question, answer; // an answer repeats its question

// Moves the calling thread to the first or the last core that it may use.
static void move_to(bool first)
{
    cpu_set_t allowed, one;
    int core = first ? 0 : CPU_SETSIZE - 1;

    MUST(sched_getaffinity(0, sizeof allowed, &allowed));
    while (!CPU_ISSET(core, &allowed))
        core += first ? 1 : -1;
    CPU_ZERO(&one);
    CPU_SET(core, &one);
    MUST(sched_setaffinity(0, sizeof one, &one));
}

// How often the calling thread has left its core so far.
static long departures(void)
{
    struct rusage use;

    MUST(getrusage(RUSAGE_THREAD, &use));
    return use.ru_nvcsw + use.ru_nivcsw;
}

static void *answer_all(void *unused)
{
    (void)unused;
    move_to(false);
    while (answer < ROUNDS) // [answer]
        answer = question;
    return NULL;
}

int main(void)
{
    pthread_t other;
    cpu_set_t cores;
    int together = 0;

    MUST(sched_getaffinity(0, sizeof cores, &cores));
    MUST(pthread_create(&other, NULL, answer_all, NULL));
    move_to(true);
    for (int round = 1; round <= ROUNDS; round++) {
        long before = departures(); // [ask]
        question = round;
        while (answer != round)
            ;
        together += departures() == before;
    }
    MUST(pthread_join(other, NULL));

    printf("%d of %d answers came from another core\n", together, ROUNDS);
    fact("cores", CPU_COUNT(&cores));
    fact("rounds_together", together);
    return 0;
}
