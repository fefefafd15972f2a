// freed_too_early.c - main gives back what a thread may still read
// Expect: failed use_after_free
#include <pthread.h>
#include <stdlib.h>

static int *shared;

static void *reader(void *argument)
{
    return (char *)argument + *shared;
}

int main(void)
{
    pthread_t thread;

    shared = malloc(sizeof *shared);
    *shared = 1;
    pthread_create(&thread, NULL, reader, NULL);
    free(shared);
    pthread_join(thread, NULL);
    return 0;
}
