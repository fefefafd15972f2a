// atomic_fetch.c - what each fetch-and-something finds
#include <stdatomic.h>

#include "together.h"

static atomic_int cell = 6;
static int seen[4];

static void *add(void *argument)
{
    seen[me(argument)] = atomic_fetch_add(&cell, 3);
    return NULL;
}

static void * and (void *argument)
{
    seen[me(argument)] = atomic_fetch_and(&cell, 0xb);
    return NULL;
}

static void * or (void *argument)
{
    seen[me(argument)] = atomic_fetch_or(&cell, 0x10);
    return NULL;
}

static void * xor
    (void *argument) {
        seen[me(argument)] = atomic_fetch_xor(&cell, 0x7);
        atomic_fetch_sub(&cell, 1);
        return NULL;
    }

    int main(void)
{
    together(add, and, or, xor);
    return 0;
}
