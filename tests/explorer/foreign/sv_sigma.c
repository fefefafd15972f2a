// expect: data_race,assertion
// An array of threads in memory from malloc, a sum of what they found.
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
extern void abort(void);
void reach_error()
{
    assert(0);
}

const int SIGMA = 3;
int *array;
int array_index = -1;

void *thread(void *arg)
{
    array[array_index] = 1;
    return 0;
}

int main()
{
    int tid, sum;
    pthread_t *t;

    t = (pthread_t *)malloc(sizeof(pthread_t) * SIGMA);
    array = (int *)malloc(sizeof(int) * SIGMA);
    if (!t || !array)
        abort();
    for (tid = 0; tid < SIGMA; tid++)
        array[tid] = 0;
    for (tid = 0; tid < SIGMA; tid++) {
        array_index++;
        pthread_create(&t[tid], 0, thread, 0);
    }
    for (tid = 0; tid < SIGMA; tid++)
        pthread_join(t[tid], 0);
    for (tid = sum = 0; tid < SIGMA; tid++)
        sum += array[tid];
    if (sum != SIGMA) {
        reach_error();
    }
    free(t);
    free(array);
    return 0;
}
