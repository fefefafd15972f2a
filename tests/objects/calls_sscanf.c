// refused: uses (sscanf|__isoc99_sscanf)
#include <stdio.h>

void lab(void)
{
    sscanf("7", "%d", (int *)0x404040);
}
