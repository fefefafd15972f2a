// mallocs.c - a million blocks that live for a moment
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    unsigned long sum = 0;

    for (int i = 0; i < 1000000; i++) {
        unsigned char *block = malloc(16 + (size_t)i % 64);

        if (!block)
            return 1;
        block[0] = (unsigned char)i;
        sum += *(volatile unsigned char *)block;
        free(block);
    }
    printf("%lu\n", sum);
    return 0;
}
