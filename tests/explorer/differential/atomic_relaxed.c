// atomic_relaxed.c - weaker orders: run as the strongest
#include <stdatomic.h>

#include "together.h"

static atomic_int x, y;
static int seen[2];

static void *left(void *argument)
{
    (void)argument;
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    seen[0] = atomic_load_explicit(&y, memory_order_acquire);
    return NULL;
}

static void *right(void *argument)
{
    (void)argument;
    atomic_store_explicit(&y, 1, memory_order_release);
    seen[1] = atomic_load_explicit(&x, memory_order_relaxed);
    return NULL;
}

int main(void)
{
    together(left, right, NULL, NULL);
    return 0;
}
