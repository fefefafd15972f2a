// readers_share.c - two readers can be inside together: each of them stays
// until the other has come in
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

#include "rw.h"

static struct rw rw;
static sem_t first_is_inside, second_is_inside;

static void *second_reader(void *unused)
{
    rw_begin_read(&rw);
    sem_post(&second_is_inside);
    sem_wait(&first_is_inside);
    rw_end_read(&rw);
    return unused;
}

int main(void)
{
    pthread_t second;

    rw_init(&rw);
    sem_init(&first_is_inside, 0, 0);
    sem_init(&second_is_inside, 0, 0);
    pthread_create(&second, NULL, second_reader, NULL);
    rw_begin_read(&rw);
    sem_post(&first_is_inside);
    sem_wait(&second_is_inside);
    rw_end_read(&rw);
    pthread_join(second, NULL);
    return 0;
}
