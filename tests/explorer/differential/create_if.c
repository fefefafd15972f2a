// create_if.c - whether a thread is made at all depends on the schedule
#include "together.h"

static int x, y, seen[2];

static void *extra(void *argument)
{
    (void)argument;
    y = 1;
    seen[1] = x;
    return NULL;
}

static void *maybe(void *argument)
{
    pthread_t thread;

    (void)argument;
    if (x == 1) {
        pthread_create(&thread, NULL, extra, NULL);
        y = 2;
        pthread_join(thread, NULL);
    }
    return NULL;
}

static void *change(void *argument)
{
    (void)argument;
    x = 1;
    seen[0] = y;
    x = 2;
    return NULL;
}

int main(void)
{
    together(maybe, change, NULL, NULL);
    return 0;
}
