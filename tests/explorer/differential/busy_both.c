// busy_both.c - each waits in a loop for the other: in one order for ever
#include <stdatomic.h>

#include "together.h"

static atomic_int polite[2];
static int passed[2];

static void *pass(void *argument)
{
    int i = me(argument);

    atomic_store(&polite[i], 1);
    while (atomic_load(&polite[1 - i]))
        ;
    passed[i] = 1;
    atomic_store(&polite[i], 0);
    return NULL;
}

int main(void)
{
    together(pass, pass, NULL, NULL);
    return 0;
}
