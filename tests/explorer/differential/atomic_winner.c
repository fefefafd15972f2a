// atomic_winner.c - one of three changes the cell, the others see by whom
#include <stdatomic.h>

#include "together.h"

static atomic_int winner = -1;
static int seen[3];

static void *try(void *argument)
{
    int expected = -1;

    if (!atomic_compare_exchange_strong(&winner, &expected, me(argument)))
        seen[me(argument)] = expected + 10;
    return NULL;
}

int main(void)
{
    together(try, try, try, NULL);
    return 0;
}
