// volatile_counter.c - volatile makes nothing atomic
#include "together.h"

static volatile int counter;
static int seen[2];

static void *add(void *argument)
{
    counter++;
    counter += 2;
    seen[me(argument)] = counter;
    return NULL;
}

int main(void)
{
    together(add, add, NULL, NULL);
    return 0;
}
