// refused: uses dprintf
#include <stdio.h>

void lab(void)
{
    dprintf(198, "done\n");
}
