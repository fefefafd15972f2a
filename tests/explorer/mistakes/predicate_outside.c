// expect: lost_wakeup
// "The flag is atomic, so I may look at it before I take the mutex."
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

atomic_bool ready = false;
int answer;
pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t became_ready = PTHREAD_COND_INITIALIZER;

void *compute(void *arg)
{
    answer = 42;
    ready = true;
    pthread_cond_signal(&became_ready);
    return NULL;
}

int main(void)
{
    pthread_t helper;

    pthread_create(&helper, NULL, compute, NULL);
    while (!ready) {
        pthread_mutex_lock(&lock);
        pthread_cond_wait(&became_ready, &lock);
        pthread_mutex_unlock(&lock);
    }
    printf("answer: %d\n", answer);
    pthread_join(helper, NULL);
    return 0;
}
