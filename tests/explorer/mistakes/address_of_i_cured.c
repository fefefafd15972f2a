// expect: proved
// Each thread gets the address of a number of its own.
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
    int numbers[N_THREADS];
    int i;

    for (i = 0; i < N_THREADS; i++) {
        numbers[i] = i;
        pthread_create(&threads[i], NULL, say_hello, &numbers[i]);
    }
    for (i = 0; i < N_THREADS; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
