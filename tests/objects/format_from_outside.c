// refused: format must be
#include <stdio.h>

void lab(const char *format)
{
    printf(format);
}
