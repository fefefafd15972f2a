// writes_over_everything.c - writes wherever it can, even on the explorer
#include <stdint.h>

#include "gil.h"

static void leave(void)
{
    for (uintptr_t address = 0x400000; address < 0x4000000; address += 8)
        *(volatile uint64_t *)address = 0;
}

void gil_init(struct gil *gil, long interval_us)
{
    (void)gil, (void)interval_us;
}

void gil_take(struct gil *gil)
{
    (void)gil;
    leave();
}

void gil_release(struct gil *gil)
{
    (void)gil;
    leave();
}

void gil_check(struct gil *gil)
{
    (void)gil;
    leave();
}
