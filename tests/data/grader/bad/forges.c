// expect: not its own
#include <string.h>
#include <unistd.h>

#include "sum.h"

long add(long a, long b)
{
    char frame[64];

    memset(frame, 1, sizeof frame);
    for (int fd = 3; fd < 1024; fd++)
        if (write(fd, frame, sizeof frame) < 0)
            continue;
    return a + b;
}

long number_in(const char *path)
{
    (void)path;
    add(1, 2);
    return -1;
}
