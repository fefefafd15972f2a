// expect: lost_wakeup
// Workers of a pool wait for work; at the end only one is told to go home.
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#define WORKERS 2

int work = 0;
bool closing = false;
pthread_mutex_t pool_lock = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t something = PTHREAD_COND_INITIALIZER;

void *worker(void *arg)
{
    pthread_mutex_lock(&pool_lock);
    for (;;) {
        while (work == 0 && !closing)
            pthread_cond_wait(&something, &pool_lock);
        if (work == 0)
            break;
        work--;
    }
    pthread_mutex_unlock(&pool_lock);
    return NULL;
}

void submit(void)
{
    pthread_mutex_lock(&pool_lock);
    work++;
    pthread_cond_signal(&something);
    pthread_mutex_unlock(&pool_lock);
}

void shut_down(void)
{
    pthread_mutex_lock(&pool_lock);
    closing = true;
    pthread_cond_signal(&something);
    pthread_mutex_unlock(&pool_lock);
}

int main(void)
{
    pthread_t workers[WORKERS];

    for (int i = 0; i < WORKERS; i++)
        pthread_create(&workers[i], NULL, worker, NULL);
    submit();
    shut_down();
    for (int i = 0; i < WORKERS; i++)
        pthread_join(workers[i], NULL);
    printf("closed\n");
    return 0;
}
