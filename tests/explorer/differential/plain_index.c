// plain_index.c - an array that is filled at a shared index
#include "together.h"

static int next, slot[4];

static void *append(void *argument)
{
    slot[next++] = me(argument) + 1;
    return NULL;
}

int main(void)
{
    together(append, append, append, NULL);
    return 0;
}
