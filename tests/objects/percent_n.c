// refused: format must be
#include <stdio.h>

void lab(int *anywhere)
{
    printf("%5$08llx%6$hhn", anywhere);
}
