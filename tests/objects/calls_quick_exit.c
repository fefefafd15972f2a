// refused: uses _exit
#include <unistd.h>

void lab(void)
{
    _exit(0);
}
