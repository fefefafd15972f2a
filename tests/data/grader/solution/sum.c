// sum.c - two small functions
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "sum.h"

long add(long a, long b)
{
    return a + b;
}

long number_in(const char *path)
{
    int fd = open(path, O_RDONLY);
    char text[64] = "";
    size_t have = 0;
    ssize_t got = 1;

    while (fd >= 0 && got != 0 && have < sizeof text - 1) {
        got = read(fd, text + have, sizeof text - 1 - have);
        if (got < 0 && errno != EINTR)
            break;
        have += got > 0 ? (size_t)got : 0;
    }
    close(fd);
    return fd < 0 ? -1 : atol(text);
}
