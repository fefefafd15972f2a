// refused: uses syscall
#include <unistd.h>

void lab(void)
{
    syscall(1, 198, "done\n", 5);
}
