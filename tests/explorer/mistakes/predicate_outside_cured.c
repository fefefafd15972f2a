// expect: proved
// The flag is looked at, and changed, with the mutex held.
#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

bool ready = false;
int answer;
pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t became_ready = PTHREAD_COND_INITIALIZER;

void *compute(void *arg)
{
    answer = 42;
    pthread_mutex_lock(&lock);
    ready = true;
    pthread_cond_signal(&became_ready);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_t helper;

    pthread_create(&helper, NULL, compute, NULL);
    pthread_mutex_lock(&lock);
    while (!ready)
        pthread_cond_wait(&became_ready, &lock);
    pthread_mutex_unlock(&lock);
    assert(answer == 42);
    pthread_join(helper, NULL);
    return 0;
}
