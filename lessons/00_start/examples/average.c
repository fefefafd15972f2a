// average.c - the average of three grades
#include <stdio.h>

int main(void)
{
    int grades[] = {7, 8, 10};
    double average = (grades[0] + grades[1] + grades[2]) / 3.0;

    printf("average: %d\n", average);
    return 0;
}
