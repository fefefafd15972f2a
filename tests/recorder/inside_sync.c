// inside_sync.c - locks, conditions, barriers and semaphores of every sort
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <threads.h>
#include <time.h>

enum { THREADS = 3, ROUNDS = 300 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t barrier;
static pthread_spinlock_t spin;
static sem_t semaphore;
static mtx_t c11_mutex;
static cnd_t c11_condition;
static int ready, count; // guarded by mutex

static void once(void)
{
    pthread_mutex_lock(&mutex);
    count++;
    pthread_mutex_unlock(&mutex);
    pthread_rwlock_rdlock(&rwlock);
    pthread_rwlock_unlock(&rwlock);
    pthread_rwlock_wrlock(&rwlock);
    pthread_rwlock_unlock(&rwlock);
    pthread_spin_lock(&spin);
    pthread_spin_unlock(&spin);
    sem_wait(&semaphore);
    sem_post(&semaphore);
    mtx_lock(&c11_mutex);
    mtx_unlock(&c11_mutex);
}

static void *worker(void *unused)
{
    (void)unused;
    pthread_barrier_wait(&barrier);
    for (int i = 0; i < ROUNDS; i++)
        once();
    pthread_mutex_lock(&mutex);
    while (!ready)
        pthread_cond_wait(&condition, &mutex);
    pthread_mutex_unlock(&mutex);
    return NULL;
}

static int c11_worker(void *unused)
{
    (void)unused;
    mtx_lock(&c11_mutex);
    ready = 2;
    cnd_signal(&c11_condition);
    mtx_unlock(&c11_mutex);
    return 7;
}

static void crowd(void)
{
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, worker, NULL);
    pthread_mutex_lock(&mutex);
    ready = 1;
    pthread_cond_broadcast(&condition);
    pthread_mutex_unlock(&mutex);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    printf("counted %d\n", count);
}

static void c11(void)
{
    thrd_t thread;
    int result;

    mtx_lock(&c11_mutex);
    thrd_create(&thread, c11_worker, NULL);
    while (ready != 2)
        cnd_wait(&c11_condition, &c11_mutex);
    mtx_unlock(&c11_mutex);
    thrd_join(thread, &result);
    printf("c11 gave %d\n", result);
}

// What must fail fails as it always did.
static void refuse(int type)
{
    pthread_mutexattr_t attributes;
    pthread_mutex_t m;
    int relock;

    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, type);
    pthread_mutex_init(&m, &attributes);
    printf("unlock unowned: %s\n", strerror(pthread_mutex_unlock(&m)));
    pthread_mutex_lock(&m);
    relock = pthread_mutex_lock(&m);
    printf("lock again: %s\n", strerror(relock));
    if (relock == 0)
        pthread_mutex_unlock(&m);
    printf("unlock: %s\n", strerror(pthread_mutex_unlock(&m)));
}

static void *die_with(void *mutex_at)
{
    pthread_mutex_lock(mutex_at);
    return NULL;
}

static void robust(void)
{
    pthread_mutexattr_t attributes;
    pthread_mutex_t m;
    pthread_t thread;

    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&m, &attributes);
    pthread_create(&thread, NULL, die_with, &m);
    pthread_join(thread, NULL);
    printf("robust: %s\n", strerror(pthread_mutex_lock(&m)));
    pthread_mutex_consistent(&m);
    printf("robust unlock: %s\n", strerror(pthread_mutex_unlock(&m)));
}

static void time_outs(void)
{
    struct timespec past = {1, 0};
    int error;

    sem_init(&semaphore, 0, 0);
    error = sem_timedwait(&semaphore, &past) ? errno : 0;
    printf("semaphore: %s\n", strerror(error));
    error = sem_trywait(&semaphore) ? errno : 0;
    printf("semaphore: %s\n", strerror(error));
    pthread_mutex_lock(&mutex);
    error = pthread_cond_timedwait(&condition, &mutex, &past);
    pthread_mutex_unlock(&mutex);
    printf("condition: %s\n", strerror(error));
}

int main(void)
{
    pthread_barrier_init(&barrier, NULL, THREADS);
    pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
    sem_init(&semaphore, 0, 2);
    mtx_init(&c11_mutex, mtx_plain);
    cnd_init(&c11_condition);
    crowd();
    c11();
    refuse(PTHREAD_MUTEX_ERRORCHECK);
    refuse(PTHREAD_MUTEX_RECURSIVE);
    robust();
    time_outs();
    return 0;
}
