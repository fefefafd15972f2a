// atomic_dekker.c - both say that they want; whoever sees nobody goes in
#include <stdatomic.h>

#include "together.h"

static atomic_int wants[2];
static int inside, entered[2];

static void *enter(void *argument)
{
    int i = me(argument);

    atomic_store(&wants[i], 1);
    if (!atomic_load(&wants[1 - i])) {
        inside++;
        entered[i] = inside;
        inside--;
    }
    atomic_store(&wants[i], 0);
    return NULL;
}

int main(void)
{
    together(enter, enter, NULL, NULL);
    return 0;
}
