// plain_overlap_late.c - only one order makes the narrow access happen
#include "together.h"

static union {
    uint64_t whole;
    uint8_t byte[8];
} memory;
static uint64_t seen;
static int flag;

static void *wide(void *argument)
{
    (void)argument;
    memory.whole = 0x0101010101010101;
    flag = 1;
    seen = memory.whole;
    return NULL;
}

static void *narrow(void *argument)
{
    (void)argument;
    if (flag == 1)
        memory.byte[5] = 9;
    return NULL;
}

static void *clear(void *argument)
{
    (void)argument;
    memory.byte[0] = 0;
    return NULL;
}

int main(void)
{
    together(wide, narrow, clear, NULL);
    return 0;
}
