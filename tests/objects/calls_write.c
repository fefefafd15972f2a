// refused: uses write
#include <unistd.h>

void lab(void)
{
    write(198, "done\n", 5);
}
