// refused: uses mprotect
#include <sys/mman.h>

void lab(void)
{
    mprotect((void *)0x400000, 4096, 7);
}
