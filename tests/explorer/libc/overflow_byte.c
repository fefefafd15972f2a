// overflow_byte.c - the 0 behind a string has no room
// Expect: failed out_of_bounds
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char *copy = malloc(5);

    strcpy(copy, "12345");
    return 0;
}
