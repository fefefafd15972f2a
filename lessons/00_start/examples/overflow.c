// overflow.c - one more than the greatest int
#include <limits.h>
#include <stdio.h>

int main(void)
{
    int people = INT_MAX;

    people = people + 1;
    printf("people: %d\n", people);
    return 0;
}
