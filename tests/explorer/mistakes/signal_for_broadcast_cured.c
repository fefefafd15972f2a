// expect: proved
// All runners wait for one start, and all are woken.
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#define RUNNERS 2

bool started = false;
pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t start = PTHREAD_COND_INITIALIZER;

void *runner(void *arg)
{
    pthread_mutex_lock(&lock);
    while (!started)
        pthread_cond_wait(&start, &lock);
    pthread_mutex_unlock(&lock);
    printf("runs\n");
    return NULL;
}

int main(void)
{
    pthread_t runners[RUNNERS];

    for (int i = 0; i < RUNNERS; i++)
        pthread_create(&runners[i], NULL, runner, NULL);
    pthread_mutex_lock(&lock);
    started = true;
    pthread_cond_broadcast(&start);
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < RUNNERS; i++)
        pthread_join(runners[i], NULL);
    return 0;
}
