// semaphore_ping_pong.c - two semaphores make two threads take turns
#include <semaphore.h>

#include "together.h"

static sem_t ping, pong;
static int log_[4], count;

static void *first(void *argument)
{
    for (int i = 0; i < 2; i++) {
        sem_wait(&ping);
        log_[count++] = 1;
        sem_post(&pong);
    }
    return argument;
}

static void *second(void *argument)
{
    for (int i = 0; i < 2; i++) {
        sem_wait(&pong);
        log_[count++] = 2;
        sem_post(&ping);
    }
    return argument;
}

int main(void)
{
    sem_init(&ping, 0, 1);
    sem_init(&pong, 0, 0);
    together(first, second, NULL, NULL);
    return 0;
}
