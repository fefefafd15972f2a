// refused: stack grows
#include <stdlib.h>

void lab(long far)
{
    char *here = __builtin_alloca(far);

    here[0] = 1;
}
