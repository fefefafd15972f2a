// free_of_local.c - free of an array that malloc never gave
// Expect: failed out_of_bounds
#include <stdlib.h>

int main(void)
{
    char array[32];
    char *volatile pointer = array;

    free(pointer);
    return 0;
}
