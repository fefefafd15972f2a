// plain_unaligned.c - a number across two words, and its parts
#include "together.h"

static struct __attribute__((packed)) {
    char pad[5];
    uint32_t number;
    uint16_t tail;
} packed;
static uint32_t seen;

static void *straddle(void *argument)
{
    (void)argument;
    packed.number = 0xaabbccdd;
    seen = packed.tail;
    return NULL;
}

static void *look(void *argument)
{
    (void)argument;
    packed.tail = 0x1122;
    seen = packed.number;
    return NULL;
}

int main(void)
{
    together(straddle, look, NULL, NULL);
    return 0;
}
