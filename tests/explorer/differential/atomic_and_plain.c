// atomic_and_plain.c - one cell, accessed atomically and otherwise
#include <stdatomic.h>

#include "together.h"

static atomic_int cell;
static int seen[2];

static void *atomically(void *argument)
{
    seen[me(argument)] = atomic_fetch_add(&cell, 2);
    return NULL;
}

static void *otherwise(void *argument)
{
    int *plain = (int *)&cell;

    (void)argument;
    *plain = *plain + 1;
    return NULL;
}

int main(void)
{
    together(atomically, atomically, otherwise, NULL);
    return 0;
}
