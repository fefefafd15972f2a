// increments.c - two threads increment one counter N times each, without a lock
// The classes of its executions: N=3: 328, 4: 3334, 5: 34904, 6: 372436; its
// schedules: (4 N)! / (2 N)!^2.
#include <pthread.h>

#ifndef N
#define N 3
#endif

static int counter;

static void *add(void *argument)
{
    for (int i = 0; i < N; i++)
        counter++;
    return argument;
}

int main(void)
{
    pthread_t first, second;

    pthread_create(&first, NULL, add, NULL);
    pthread_create(&second, NULL, add, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    return 0;
}
