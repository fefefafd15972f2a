// expect: should be|1 \+ 2|a child is left
#include <signal.h>
#include <unistd.h>

#include "sum.h"

long add(long a, long b)
{
    for (int i = 0; i < 3; i++)
        if (fork() == 0) {
            setsid();
            for (int s = 1; s < 32; s++)
                signal(s, SIG_IGN);
            if (fork() == 0)
                for (;;)
                    pause();
            _exit(0);
        }
    a = b = 0;
    return a + b;
}

long number_in(const char *path)
{
    (void)path;
    add(1, 2);
    return -1;
}
