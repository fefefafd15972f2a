// philosophers.c - three philosophers take the left fork, then the right one
// Seven classes, one of them the deadlock.
#include <pthread.h>
#include <stdint.h>

static pthread_mutex_t fork_[3] = {PTHREAD_MUTEX_INITIALIZER,
                                   PTHREAD_MUTEX_INITIALIZER,
                                   PTHREAD_MUTEX_INITIALIZER};

static void *dine(void *argument)
{
    intptr_t i = (intptr_t)argument;

    pthread_mutex_lock(&fork_[i]);
    pthread_mutex_lock(&fork_[(i + 1) % 3]);
    pthread_mutex_unlock(&fork_[(i + 1) % 3]);
    pthread_mutex_unlock(&fork_[i]);
    return NULL;
}

int main(void)
{
    pthread_t philosopher[3];

    for (intptr_t i = 0; i < 3; i++)
        pthread_create(&philosopher[i], NULL, dine, (void *)i);
    for (int i = 0; i < 3; i++)
        pthread_join(philosopher[i], NULL);
    return 0;
}
