// refused: uses fopen
#include <stdio.h>

void lab(void)
{
    fputs("done", fopen("/proc/self/fd/198", "w"));
}
