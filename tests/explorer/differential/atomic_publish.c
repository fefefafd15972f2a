// atomic_publish.c - plain data behind an atomic flag
#include <stdatomic.h>

#include "together.h"

static int data[2], seen[2];
static atomic_int ready;

static void *publish(void *argument)
{
    (void)argument;
    data[0] = 1;
    atomic_store(&ready, 1);
    data[1] = 2;
    atomic_store(&ready, 2);
    return NULL;
}

static void *read_it(void *argument)
{
    (void)argument;
    for (int i = 0; i < 2; i++)
        if (atomic_load(&ready) > i)
            seen[i] = data[i];
    return NULL;
}

int main(void)
{
    together(publish, read_it, NULL, NULL);
    return 0;
}
