// mutex_made_and_destroyed.c - whoever comes last destroys the mutex
#include "together.h"

static pthread_mutex_t *lock;
static int left = 2, order[2];

static void *leave(void *argument)
{
    int others;

    pthread_mutex_lock(lock);
    order[2 - left] = me(argument);
    others = --left;
    pthread_mutex_unlock(lock);
    if (others == 0) {
        pthread_mutex_destroy(lock);
        free(lock);
        lock = NULL;
    }
    return NULL;
}

int main(void)
{
    lock = malloc(sizeof *lock);
    pthread_mutex_init(lock, NULL);
    together(leave, leave, NULL, NULL);
    return 0;
}
