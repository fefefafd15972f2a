// waits_until.c - a loop that waits for a moment ends after a few turns
// Expect: proved; says time is virtual
#include <assert.h>
#include <time.h>

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(void)
{
    double begin = now();
    time_t second = time(NULL);
    int turns = 0;

    while (now() < begin + 5)
        turns++;
    while (time(NULL) < second + 100)
        turns++;
    assert(turns < 50 && clock() > 0);
    return 0;
}
