// plain_swap.c - two threads exchange two cells
#include "together.h"

static int x = 1, y = 2;

static void *swap(void *argument)
{
    int old = x;

    (void)argument;
    x = y;
    y = old;
    return NULL;
}

int main(void)
{
    together(swap, swap, NULL, NULL);
    return 0;
}
