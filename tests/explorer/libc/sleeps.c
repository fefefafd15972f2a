// sleeps.c - a sleep takes as long as it says, and no longer
// Expect: proved; says time is virtual
#include <assert.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
    struct timespec before, after, half = {0, 500000000};

    clock_gettime(CLOCK_REALTIME, &before);
    sleep(1000);
    usleep(500000);
    nanosleep(&half, NULL);
    clock_gettime(CLOCK_REALTIME, &after);
    assert(after.tv_sec - before.tv_sec == 1001);
    return 0;
}
