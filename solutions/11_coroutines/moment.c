// moment.c - what time it is, and how to wait (given, do not edit)
#include <errno.h>
#include <limits.h>
#include <time.h>

#include "moment.h"

long moment_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int moment_wait(struct pollfd *descriptors, int count, long ms)
{
    long end = moment_now() + ms;
    int ready;

    do {
        int rest = ms < 0 ? -1 : ms > INT_MAX ? INT_MAX : (int)ms;
        ready = poll(descriptors, (nfds_t)count, rest);
        if (ms > 0)
            ms = end > moment_now() ? end - moment_now() : 0;
    } while (ready < 0 && errno == EINTR);
    return ready;
}
