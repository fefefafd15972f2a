// gate_forgets_nobody.c - all who wait go through, and all who come late
#include <pthread.h>
#include <stddef.h>

#include "gate.h"

enum { THREADS = 2 };

static struct gate gate;

static void *go_through(void *unused)
{
    gate_wait(&gate);
    return unused;
}

int main(void)
{
    pthread_t threads[THREADS];

    gate_init(&gate);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, go_through, NULL);
    gate_open(&gate);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    gate_open(&gate); // changes nothing
    gate_wait(&gate);
    return 0;
}
