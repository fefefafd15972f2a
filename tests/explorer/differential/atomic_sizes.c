// atomic_sizes.c - atomics of every size, two of them in one word
#include <stdatomic.h>

#include "together.h"

static struct {
    _Atomic uint8_t one, other;
    _Atomic uint16_t two;
    _Atomic uint64_t eight;
} cells;
static uint64_t seen[2];

static void *up(void *argument)
{
    seen[me(argument)] = cells.one++ + 10u * cells.two;
    cells.eight++;
    return NULL;
}

static void *down(void *argument)
{
    cells.two--;
    seen[me(argument)] = cells.eight + cells.other;
    cells.one--;
    return NULL;
}

int main(void)
{
    together(up, down, NULL, NULL);
    return 0;
}
