// expect: SIGKILL|should be|1 \+ 2|waits
#include <signal.h>
#include <unistd.h>

#include "sum.h"

long add(long a, long b)
{
    kill(getppid(), SIGKILL);
    kill(-1, SIGKILL);
    a = b = 0;
    return a + b;
}

long number_in(const char *path)
{
    (void)path;
    add(1, 2);
    return -1;
}
