// plain_main_too.c - main works as well while its thread runs
#include "together.h"

static int x, y, seen[2];

static void *work(void *argument)
{
    x = 1;
    seen[0] = y;
    x = 2;
    return argument;
}

int main(void)
{
    pthread_t thread;

    x = 3;
    pthread_create(&thread, NULL, work, NULL);
    y = 1;
    seen[1] = x;
    y = 2;
    pthread_join(thread, NULL);
    y += x;
    return 0;
}
