// create_nested.c - a thread that makes threads
#include "together.h"

static int x, seen[3];

static void *leaf(void *argument)
{
    seen[me(argument)] = x;
    x = me(argument) + 1;
    return NULL;
}

static void *branch(void *argument)
{
    pthread_t child[2];

    (void)argument;
    x = 10;
    for (intptr_t i = 0; i < 2; i++)
        pthread_create(&child[i], NULL, leaf, (void *)i);
    for (int i = 0; i < 2; i++)
        pthread_join(child[i], NULL);
    return NULL;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, branch, NULL);
    x = 20;
    pthread_join(thread, NULL);
    seen[2] = x;
    return 0;
}
