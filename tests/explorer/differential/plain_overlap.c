// plain_overlap.c - accesses of 1, 2 and 4 bytes to the same memory
#include "together.h"

static union {
    uint32_t whole;
    uint16_t half[2];
    uint8_t byte[4];
} memory;
static uint32_t seen[2];

static void *as_bytes(void *argument)
{
    (void)argument;
    memory.byte[1] = 0x11;
    memory.byte[2] = 0x22;
    return NULL;
}

static void *as_halves(void *argument)
{
    (void)argument;
    memory.half[0] = 0x3333;
    seen[0] = memory.half[1];
    return NULL;
}

static void *as_whole(void *argument)
{
    (void)argument;
    seen[1] = memory.whole;
    memory.whole = 0x44444444;
    return NULL;
}

int main(void)
{
    together(as_bytes, as_halves, as_whole, NULL);
    return 0;
}
