// remembered.c - a post is remembered; a signal that nobody awaits is not
// Run:    make run-remembered
// Expect: semaphore 1, condition 0
// Why:    a semaphore is a number, and sem_post adds one to it; a condition
//         variable keeps nothing: it is only a place to sleep
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static struct timespec soon(void)
{
    struct timespec time;

    MUST(clock_gettime(CLOCK_REALTIME, &time));
    time.tv_sec += 1;
    return time;
}

int main(void)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
    struct timespec limit;
    sem_t semaphore;

    MUST(sem_init(&semaphore, 0, 0)); // [post]
    MUST(sem_post(&semaphore));
    MUST(pthread_cond_signal(&condition));

    limit = soon(); // [later]
    int in_semaphore = sem_timedwait(&semaphore, &limit) == 0;
    MUST(pthread_mutex_lock(&lock));
    int in_condition =
        pthread_cond_timedwait(&condition, &lock, &limit) != ETIMEDOUT;

    printf("remembered: semaphore %d, condition %d\n", in_semaphore,
           in_condition);
    fact("semaphore_remembered", in_semaphore);
    fact("condition_remembered", in_condition);
    return 0;
}
