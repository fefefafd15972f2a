// atomic_builtins.c - the older builtins of gcc
#include "together.h"

static int counter, guard, seen[3];

static void *add(void *argument)
{
    seen[me(argument)] = __sync_fetch_and_add(&counter, 1);
    if (__sync_bool_compare_and_swap(&guard, 0, me(argument) + 1))
        __sync_sub_and_fetch(&counter, 10);
    return NULL;
}

static void *look(void *argument)
{
    __sync_synchronize();
    seen[me(argument)] = __atomic_load_n(&counter, __ATOMIC_SEQ_CST);
    return NULL;
}

int main(void)
{
    together(add, add, look, NULL);
    return 0;
}
