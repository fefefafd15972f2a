// atomic_exchange.c - a token goes round by exchange
#include <stdatomic.h>

#include "together.h"

static atomic_int token = 9;
static int seen[3];

static void *swap(void *argument)
{
    seen[me(argument)] = atomic_exchange(&token, me(argument));
    return NULL;
}

int main(void)
{
    together(swap, swap, swap, NULL);
    return 0;
}
