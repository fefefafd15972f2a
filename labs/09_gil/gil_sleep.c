// gil_sleep.c - how a thread waits for its turn (given, do not edit)
#include <errno.h>
#include <time.h>

#include "gil.h"

// So far in the future, as pthread_cond_timedwait wants it.
static struct timespec in_us(long us)
{
    struct timespec when;

    clock_gettime(CLOCK_REALTIME, &when);
    long ns = when.tv_nsec + us % 1000000 * 1000;
    when.tv_sec += us / 1000000 + ns / 1000000000;
    when.tv_nsec = ns % 1000000000;
    return when;
}

bool gil_sleep(struct gil *gil)
{
    struct timespec until;

    if (gil->interval_us == 0)
        return pthread_cond_wait(&gil->changed, &gil->lock) == 0;
    until = in_us(gil->interval_us);
    if (pthread_cond_timedwait(&gil->changed, &gil->lock, &until) != ETIMEDOUT)
        return true;
    gil->intervals++;
    return false;
}
