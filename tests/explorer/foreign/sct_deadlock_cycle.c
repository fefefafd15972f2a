// expect: deadlock
// Mutexes in an array, taken in a circle.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define N 4

static pthread_mutex_t *locks;

static void *worker(void *arg)
{
    long i = (long)arg;

    pthread_mutex_lock(&locks[i]);
    pthread_mutex_lock(&locks[(i + 1) % N]);
    printf("%ld has both\n", i);
    pthread_mutex_unlock(&locks[(i + 1) % N]);
    pthread_mutex_unlock(&locks[i]);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t t[N];

    locks = calloc(N, sizeof *locks);
    for (int i = 0; i < N; i++)
        pthread_mutex_init(&locks[i], NULL);
    for (long i = 0; i < N; i++)
        pthread_create(&t[i], NULL, worker, (void *)i);
    for (int i = 0; i < N; i++)
        pthread_join(t[i], NULL);
    for (int i = 0; i < N; i++)
        pthread_mutex_destroy(&locks[i]);
    free(locks);
    return 0;
}
