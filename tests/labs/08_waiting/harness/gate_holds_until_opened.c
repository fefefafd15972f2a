// gate_holds_until_opened.c - nobody is through before gate_open was called
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

#include "gate.h"

static struct gate gate;
static atomic_int gate_was_opened;

static void *go_through(void *unused)
{
    gate_wait(&gate);
    assert(gate_was_opened);
    return unused;
}

int main(void)
{
    pthread_t thread;

    gate_init(&gate);
    pthread_create(&thread, NULL, go_through, NULL);
    gate_was_opened = 1;
    gate_open(&gate);
    pthread_join(thread, NULL);
    gate_wait(&gate); // who comes late goes through as well
    return 0;
}
