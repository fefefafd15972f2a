// sleeps_for_ever.c - sleeping in a loop for what nobody will do is a livelock
// Expect: failed livelock
#include <stdatomic.h>
#include <unistd.h>

static atomic_int ready;

int main(void)
{
    while (!ready)
        usleep(100);
    return 0;
}
