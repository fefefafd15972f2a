// two_mutexes_for_a_condition.c - which nobody may wait with at a time
// Expect: failed lock_misuse
#include <pthread.h>

static pthread_mutex_t mutexes[2] = {PTHREAD_MUTEX_INITIALIZER,
                                     PTHREAD_MUTEX_INITIALIZER};
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready[2];

static void *wait_for(void *place)
{
    long i = (long)place;

    pthread_mutex_lock(&mutexes[i]);
    while (!ready[i])
        pthread_cond_wait(&changed, &mutexes[i]);
    pthread_mutex_unlock(&mutexes[i]);
    return NULL;
}

int main(void)
{
    pthread_t threads[2];

    for (long i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, wait_for, (void *)i);
    for (int i = 0; i < 2; i++) {
        pthread_mutex_lock(&mutexes[i]);
        ready[i] = 1;
        pthread_cond_broadcast(&changed);
        pthread_mutex_unlock(&mutexes[i]);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
