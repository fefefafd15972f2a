// semaphore_copied.c - made by a function that returns it
// Expect: proved
#include <pthread.h>
#include <semaphore.h>

static sem_t free_places;
static int places = 2;

static sem_t made_with(unsigned value)
{
    sem_t semaphore;

    sem_init(&semaphore, 0, value);
    return semaphore;
}

static void *take(void *unused)
{
    sem_wait(&free_places);
    return unused;
}

int main(void)
{
    pthread_t other;

    free_places = made_with((unsigned)places);
    pthread_create(&other, NULL, take, NULL);
    sem_wait(&free_places);
    pthread_join(other, NULL);
    return 0;
}
