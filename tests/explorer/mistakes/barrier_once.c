// expect: lost_wakeup
// A barrier of one's own: good for the first round only.
#include <pthread.h>
#include <stdio.h>

#define THREADS 2
#define ROUNDS 2

typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t all_here;
    int arrived;
} barrier_t;

barrier_t barrier = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0};

void barrier_wait(barrier_t *b)
{
    pthread_mutex_lock(&b->lock);
    b->arrived++;
    if (b->arrived == THREADS) {
        pthread_cond_broadcast(&b->all_here);
        b->arrived = 0;
    } else {
        while (b->arrived != 0)
            pthread_cond_wait(&b->all_here, &b->lock);
    }
    pthread_mutex_unlock(&b->lock);
}

void *worker(void *arg)
{
    for (int round = 0; round < ROUNDS; round++) {
        printf("round %d\n", round);
        barrier_wait(&barrier);
    }
    return NULL;
}

int main(void)
{
    pthread_t workers[THREADS];

    for (int i = 0; i < THREADS; i++)
        pthread_create(&workers[i], NULL, worker, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(workers[i], NULL);
    return 0;
}
