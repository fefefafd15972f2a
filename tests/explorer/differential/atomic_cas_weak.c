// atomic_cas_weak.c - the greatest of three, with the weak exchange
#include <stdatomic.h>

#include "together.h"

static atomic_uint greatest;
static const unsigned offer[] = {4, 9, 2};

static void *raise_to(void *argument)
{
    unsigned mine = offer[me(argument)], now = atomic_load(&greatest);

    while (now < mine && !atomic_compare_exchange_weak(&greatest, &now, mine))
        ;
    return NULL;
}

int main(void)
{
    together(raise_to, raise_to, raise_to, NULL);
    return 0;
}
