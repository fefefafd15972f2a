// create_nested_twice.c - two threads that each make one, in any order
#include "together.h"

static int x, seen[2];

static void *leaf(void *argument)
{
    seen[me(argument)] = x;
    x = me(argument) + 10;
    return NULL;
}

static void *branch(void *argument)
{
    pthread_t child;

    x = me(argument) + 1;
    pthread_create(&child, NULL, leaf, argument);
    pthread_join(child, NULL);
    return NULL;
}

int main(void)
{
    together(branch, branch, NULL, NULL);
    return 0;
}
