// main_returns_early.c - main ends, and with it the process, unsynchronised
#include "together.h"

static int x;

static void *work(void *argument)
{
    (void)argument;
    x = 1;
    x = 2;
    return NULL;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, work, NULL);
    return x;
}
