// exit_in_thread.c - a thread ends the program; what atexit was given runs
// Expect: proved; status 7
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

static int order;

static void first(void)
{
    assert(order++ == 1);
}

static void second(void)
{
    assert(order++ == 0);
}

static void *leave(void *argument)
{
    (void)argument;
    exit(7);
}

int main(void)
{
    pthread_t thread;

    atexit(first);
    atexit(second);
    pthread_create(&thread, NULL, leave, NULL);
    pthread_join(thread, NULL);
    return 1;
}
