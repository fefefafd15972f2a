// who_is_who.c - four threads have a number each, and one process in common
// Run:    make run-who_is_who
// Expect: one process number and four thread numbers; main's two are the same
// Why:    the system runs threads; a process is the memory and the open files
//         that its threads share, one thread or more
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { THREADS = 4 }; // with main

static struct {
    int process, thread; // numbers that the system gave
} who[THREADS];          // each thread writes its own; main reads after join
static pthread_barrier_t all_here;

static void *look(void *unused)
{
    static _Atomic int next;
    int me = next++;

    who[me].process = getpid(); // [numbers]
    who[me].thread = gettid();
    pthread_barrier_wait(&all_here); // all four are alive now
    return unused;
}

static int count_different(const int numbers[THREADS])
{
    int count = 0;

    for (int i = 0; i < THREADS; i++) {
        int before = 0;
        while (numbers[before] != numbers[i])
            before++;
        count += before == i;
    }
    return count;
}

int main(void)
{
    pthread_t others[THREADS - 1];
    int processes[THREADS], threads[THREADS];

    MUST(pthread_barrier_init(&all_here, NULL, THREADS));
    for (int i = 0; i < THREADS - 1; i++)
        MUST(pthread_create(&others[i], NULL, look, NULL));
    look(NULL);
    for (int i = 0; i < THREADS - 1; i++)
        MUST(pthread_join(others[i], NULL));

    for (int i = 0; i < THREADS; i++) {
        processes[i] = who[i].process;
        threads[i] = who[i].thread;
        printf("process %d, thread %d\n", processes[i], threads[i]);
    }
    fact("process_ids", count_different(processes));
    fact("thread_ids", count_different(threads));
    return 0;
}
