// expect: data_race
// Each thread shall know its number; all get the address of the same one.
#include <pthread.h>
#include <stdio.h>

#define N_THREADS 3

void *say_hello(void *arg)
{
    int number = *(int *)arg;

    printf("hello from thread %d\n", number);
    return NULL;
}

int main(void)
{
    pthread_t threads[N_THREADS];
    int i;

    for (i = 0; i < N_THREADS; i++)
        pthread_create(&threads[i], NULL, say_hello, &i);
    for (i = 0; i < N_THREADS; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
