// overrun.c - the total of three numbers
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *numbers = malloc(3 * sizeof *numbers);
    int total = 0;

    for (int i = 0; i < 3; i++)
        numbers[i] = 10;
    for (int i = 0; i <= 3; i++)
        total += numbers[i];
    printf("total: %d\n", total);
    free(numbers);
    return total == 30 ? 0 : 1;
}
