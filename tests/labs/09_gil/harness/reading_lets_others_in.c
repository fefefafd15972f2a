// reading_lets_others_in.c - a thread waits for data without the lock; the one
// that brings them needs it
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

#include "gil.h"

static struct gil gil;
static sem_t data;
static int words; // guarded by gil

static void *read_data(void *unused)
{
    gil_take(&gil);
    gil_release(&gil);
    sem_wait(&data);
    gil_take(&gil);
    assert(words == 2);
    gil_release(&gil);
    return unused;
}

int main(void)
{
    pthread_t reader;

    gil_init(&gil, 0);
    sem_init(&data, 0, 0);
    pthread_create(&reader, NULL, read_data, NULL);
    gil_take(&gil);
    words++;
    sem_post(&data); // the reader wants the lock back, and has to wait for it
    words++;
    gil_release(&gil);
    pthread_join(reader, NULL);
    return 7; // .status of the promise: here, and nowhere else
}
