// barrier_three_at_two.c - a barrier for two at which three come: one stays
#include "together.h"

static pthread_barrier_t barrier;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int order[3], count;

static void *work(void *argument)
{
    pthread_barrier_wait(&barrier);
    pthread_mutex_lock(&lock);
    order[count++] = me(argument) + 1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_barrier_init(&barrier, NULL, 2);
    together(work, work, work, NULL);
    return 0;
}
