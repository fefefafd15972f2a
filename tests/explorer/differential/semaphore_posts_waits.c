// semaphore_posts_waits.c - two post, one waits; what came before what
#include <semaphore.h>

#include "together.h"

static sem_t items;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_[4], count;

static void note(int what)
{
    pthread_mutex_lock(&lock);
    log_[count++] = what;
    pthread_mutex_unlock(&lock);
}

static void *give(void *argument)
{
    note(me(argument) + 1);
    sem_post(&items);
    return NULL;
}

static void *take(void *argument)
{
    sem_wait(&items);
    note(me(argument) + 1);
    return NULL;
}

int main(void)
{
    sem_init(&items, 0, 0);
    together(give, give, take, NULL);
    return 0;
}
