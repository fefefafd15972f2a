// atomic_load_store.c - atomic halves do not make an atomic whole
#include <stdatomic.h>

#include "together.h"

static atomic_long counter;

static void *add(void *argument)
{
    (void)argument;
    for (int i = 0; i < 2; i++)
        atomic_store(&counter, atomic_load(&counter) + 1);
    return NULL;
}

int main(void)
{
    together(add, add, NULL, NULL);
    return 0;
}
