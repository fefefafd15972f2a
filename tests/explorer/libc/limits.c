// limits.c - time limits: gone by, impossible, and ahead
// Expect: proved; says time is virtual
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static sem_t semaphore;

static void *contend(void *argument)
{
    struct timespec past = {1, 0}, wrong = {1, -1};

    assert(pthread_mutex_timedlock(&mutex, &past) == ETIMEDOUT);
    assert(pthread_mutex_timedlock(&mutex, &wrong) == EINVAL);
    return argument;
}

int main(void)
{
    struct timespec past = {1, 0}, wrong = {1, 2000000000}, ahead, after;
    pthread_t thread;

    sem_init(&semaphore, 0, 0);
    assert(sem_timedwait(&semaphore, &past) == -1 && errno == ETIMEDOUT);
    pthread_mutex_lock(&mutex);
    assert(pthread_cond_timedwait(&condition, &mutex, &past) == ETIMEDOUT);
    assert(pthread_cond_timedwait(&condition, &mutex, &wrong) == EINVAL);
    pthread_create(&thread, NULL, contend, NULL);
    pthread_join(thread, NULL);
    clock_gettime(CLOCK_REALTIME, &ahead);
    ahead.tv_sec += 60;
    while (pthread_cond_timedwait(&condition, &mutex, &ahead) == 0)
        continue; // woken without a reason
    clock_gettime(CLOCK_REALTIME, &after);
    assert(after.tv_sec >= ahead.tv_sec);
    pthread_mutex_unlock(&mutex);
    return 0;
}
