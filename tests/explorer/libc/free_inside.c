// free_inside.c - free of an address inside a block
// Expect: failed out_of_bounds
#include <stdlib.h>

int main(void)
{
    char *block = malloc(32);
    char *volatile inside = block + 16;

    free(inside);
    return 0;
}
