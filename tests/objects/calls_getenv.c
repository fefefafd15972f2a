// refused: uses getenv
#include <stdio.h>
#include <stdlib.h>

void lab(void)
{
    puts(getenv("TELAR_WEAVE"));
}
