// freed_in_time.c - a block given back behind the join
// Expect: proved
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
    pthread_join(thread, NULL);
    free(shared);
    return 0;
}
