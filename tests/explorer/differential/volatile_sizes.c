// volatile_sizes.c - a volatile word and a plain byte of it
#include "together.h"

static union {
    volatile uint64_t word;
    volatile uint8_t byte[8];
} memory;
static uint64_t seen[2];

static void *word(void *argument)
{
    seen[me(argument)] = memory.word;
    memory.word = seen[me(argument)] + 0x100;
    return NULL;
}

static void *byte(void *argument)
{
    (void)argument;
    memory.byte[0]++;
    return NULL;
}

int main(void)
{
    together(word, word, byte, NULL);
    return 0;
}
