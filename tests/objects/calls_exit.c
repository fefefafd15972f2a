// refused: uses exit
#include <stdlib.h>

void lab(void)
{
    exit(0);
}
