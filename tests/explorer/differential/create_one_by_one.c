// create_one_by_one.c - each is joined before the next is made: one schedule
#include "together.h"

static int x, seen[3];

static void *work(void *argument)
{
    seen[me(argument)] = x;
    x += 2;
    return NULL;
}

int main(void)
{
    for (intptr_t i = 0; i < 3; i++) {
        pthread_t thread;

        pthread_create(&thread, NULL, work, (void *)i);
        pthread_join(thread, NULL);
    }
    return 0;
}
