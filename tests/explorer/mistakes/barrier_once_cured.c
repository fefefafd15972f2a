// expect: proved
// A barrier of one's own that knows which round it is.
#include <pthread.h>
#include <stdio.h>

#define THREADS 2
#define ROUNDS 2

typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t all_here;
    int arrived, round;
} barrier_t;

barrier_t barrier = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0};

void barrier_wait(barrier_t *b)
{
    int my_round;

    pthread_mutex_lock(&b->lock);
    my_round = b->round;
    b->arrived++;
    if (b->arrived == THREADS) {
        b->arrived = 0;
        b->round++;
        pthread_cond_broadcast(&b->all_here);
    } else {
        while (b->round == my_round)
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
