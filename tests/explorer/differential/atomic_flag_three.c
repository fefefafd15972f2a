// atomic_flag_three.c - three at a lock made of an exchange
#include <stdatomic.h>

#include "together.h"

static atomic_int taken;
static int order[3], count;

static void *enter(void *argument)
{
    while (atomic_exchange(&taken, 1))
        ;
    order[count++] = me(argument);
    atomic_store(&taken, 0);
    return NULL;
}

int main(void)
{
    together(enter, enter, enter, NULL);
    return 0;
}
