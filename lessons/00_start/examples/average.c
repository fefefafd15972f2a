// average.c - the average of three grades
#include <stdio.h>

int main(void)
{
    int total = 7 + 8 + 10;
    double average = total / 3.0;

    printf("average: %d\n", average);
    return 0;
}
