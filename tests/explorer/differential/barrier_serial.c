// barrier_serial.c - who of three is told that it was the last
#include "together.h"

static pthread_barrier_t barrier;
static int serial[3], before;

static void *work(void *argument)
{
    before = me(argument);
    serial[me(argument)] = pthread_barrier_wait(&barrier);
    return NULL;
}

int main(void)
{
    pthread_barrier_init(&barrier, NULL, 3);
    together(work, work, work, NULL);
    return 0;
}
