// overflow_write.c - one int too many in a block of the heap
// Expect: failed out_of_bounds
#include <stdlib.h>

int main(void)
{
    int *numbers = malloc(3 * sizeof *numbers);

    for (int i = 0; i <= 3; i++)
        numbers[i] = i;
    return 0;
}
