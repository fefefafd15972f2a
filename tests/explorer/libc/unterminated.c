// unterminated.c - a string in the heap without its end is measured
// Expect: failed out_of_bounds
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char *text = malloc(8);

    memcpy(text, "12345678", 8);
    return (int)strlen(text);
}
