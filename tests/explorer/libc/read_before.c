// read_before.c - the int before a block is read
// Expect: failed out_of_bounds
#include <stdlib.h>

int main(void)
{
    int *numbers = calloc(4, sizeof *numbers);

    return numbers[-1];
}
