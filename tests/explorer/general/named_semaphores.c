// named_semaphores.c - sem_open, where nothing was left by earlier runs
// Expect: proved; status 0
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

static sem_t *lock;
static int counter;

static void *count(void *unused)
{
    sem_wait(lock);
    counter++;
    sem_post(lock);
    return unused;
}

int main(void)
{
    pthread_t threads[2];

    if (sem_open("/telar", 0) != SEM_FAILED)
        return 1;
    lock = sem_open("/telar", O_CREAT | O_EXCL, 0600, 1);
    if (lock == SEM_FAILED || sem_open("/telar", 0) != lock)
        return 2;
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, count, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    sem_close(lock);
    return sem_unlink("/telar") || sem_unlink("/telar") == 0 || counter != 2;
}
