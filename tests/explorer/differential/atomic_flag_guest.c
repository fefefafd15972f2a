// atomic_flag_guest.c - a lock made of an exchange: one insists, two try once
#include <stdatomic.h>

#include "together.h"

static atomic_int taken;
static int order[3], count;

static void *insist(void *argument)
{
    while (atomic_exchange(&taken, 1))
        ;
    order[count++] = me(argument) + 1;
    atomic_store(&taken, 0);
    return NULL;
}

static void *try_once(void *argument)
{
    if (atomic_exchange(&taken, 1))
        return NULL;
    order[count++] = me(argument) + 1;
    atomic_store(&taken, 0);
    return NULL;
}

int main(void)
{
    together(insist, try_once, try_once, NULL);
    return 0;
}
