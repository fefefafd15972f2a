// many_threads.c - a thousand threads are alive at the same time
// Run:    make run-many_threads
// Expect: 1001 threads with main (fewer where the system rations them)
// Why:    a thread that waits costs a small stack and a line in a table of the
//         kernel; no core
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { WANTED = 1000, STACK_BYTES = 64 * 1024 };

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER; // main holds it

static void *wait_here(void *unused)
{
    (void)unused;
    MUST(pthread_mutex_lock(&gate));
    MUST(pthread_mutex_unlock(&gate));
    return NULL;
}

// As the kernel counts them, those of this process.
static int threads_alive(void)
{
    FILE *status = MUST(fopen("/proc/self/status", "r"));
    char line[256];
    int count = 0;

    while (fgets(line, sizeof line, status))
        sscanf(line, "Threads: %d", &count);
    MUST(fclose(status));
    return count;
}

int main(void)
{
    static pthread_t threads[WANTED];
    pthread_attr_t small;
    int started = 0;

    MUST(pthread_attr_init(&small));
    MUST(pthread_attr_setstacksize(&small, STACK_BYTES));
    MUST(pthread_mutex_lock(&gate)); // [start]
    while (started < WANTED &&
           pthread_create(&threads[started], &small, wait_here, NULL) == 0)
        started++;
    int alive = threads_alive();
    MUST(pthread_mutex_unlock(&gate));
    for (int i = 0; i < started; i++)
        MUST(pthread_join(threads[i], NULL));

    printf("alive at once: %d threads\n", alive);
    fact("threads_alive", alive);
    return 0;
}
