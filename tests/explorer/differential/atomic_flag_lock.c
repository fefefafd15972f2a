// atomic_flag_lock.c - a lock made of a flag
#include <stdatomic.h>

#include "together.h"

static atomic_flag taken = ATOMIC_FLAG_INIT;
static int order[3], count;

static void *enter(void *argument)
{
    while (atomic_flag_test_and_set(&taken))
        ;
    order[count++] = me(argument);
    atomic_flag_clear(&taken);
    return NULL;
}

int main(void)
{
    together(enter, enter, NULL, NULL);
    return 0;
}
