// many_blocks.c - blocks are used again when many were given back
// Expect: proved
#include <stdlib.h>

int main(void)
{
    for (int i = 0; i < 2000; i++) {
        char *block = malloc(60000);

        block[0] = block[59999] = (char)i;
        free(block);
    }
    return 0;
}
