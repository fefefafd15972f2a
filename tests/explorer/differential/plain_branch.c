// plain_branch.c - what a thread reads decides which cell it writes
#include "together.h"

static int x, y, z, seen;

static void *decide(void *argument)
{
    (void)argument;
    if (x)
        y = 1;
    else
        z = 1;
    return NULL;
}

static void *change(void *argument)
{
    (void)argument;
    x = 1;
    seen = y + 2 * z;
    return NULL;
}

static void *meddle(void *argument)
{
    (void)argument;
    if (z)
        x = 0;
    return NULL;
}

int main(void)
{
    together(decide, change, meddle, NULL);
    return 0;
}
