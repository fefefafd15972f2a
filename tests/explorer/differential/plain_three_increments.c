// plain_three_increments.c - three threads increment one counter and note it
#include "together.h"

static int counter, seen[3];

static void *add(void *argument)
{
    seen[me(argument)] = ++counter;
    return NULL;
}

int main(void)
{
    together(add, add, add, NULL);
    return 0;
}
