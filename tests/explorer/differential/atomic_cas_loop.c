// atomic_cas_loop.c - adds with compare-and-exchange, again until it fits
#include <stdatomic.h>

#include "together.h"

static atomic_int counter;
static int attempts[3];

static void *add(void *argument)
{
    int old = atomic_load(&counter);

    do
        attempts[me(argument)]++;
    while (!atomic_compare_exchange_strong(&counter, &old, old + 1));
    return NULL;
}

int main(void)
{
    together(add, add, add, NULL);
    return 0;
}
