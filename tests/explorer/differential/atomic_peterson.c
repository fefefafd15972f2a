// atomic_peterson.c - Peterson's algorithm; who waits, waits in a loop
#include <stdatomic.h>

#include "together.h"

static atomic_int wants[2], turn;
static int order[2], count;

static void *enter(void *argument)
{
    int i = me(argument);

    atomic_store(&wants[i], 1);
    atomic_store(&turn, 1 - i);
    while (atomic_load(&wants[1 - i]) && atomic_load(&turn) == 1 - i)
        ;
    order[count++] = i;
    atomic_store(&wants[i], 0);
    return NULL;
}

int main(void)
{
    together(enter, enter, NULL, NULL);
    return 0;
}
