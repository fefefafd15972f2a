// sleep_and_yield.c - neither sleeping nor yielding orders anything
#include <sched.h>
#include <unistd.h>

#include "together.h"

static int x, seen[2];

static void *late(void *argument)
{
    usleep(1000);
    seen[me(argument)] = x++;
    return NULL;
}

static void *polite(void *argument)
{
    sched_yield();
    seen[me(argument)] = x++;
    return NULL;
}

int main(void)
{
    together(late, polite, NULL, NULL);
    return 0;
}
