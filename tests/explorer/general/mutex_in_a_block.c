// mutex_in_a_block.c - destroyed at its end, and there again the next time
// Expect: proved
#include <pthread.h>
#include <semaphore.h>

static int with_mutex(int number)
{
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

    pthread_mutex_lock(&mutex);
    number++;
    pthread_mutex_unlock(&mutex);
    pthread_mutex_destroy(&mutex);
    return number;
}

// Its variable lies where the mutex lay.
static int with_semaphore(int number)
{
    sem_t semaphore;

    sem_init(&semaphore, 0, 1);
    sem_wait(&semaphore);
    return number + 1;
}

int main(void)
{
    int number = 0;

    for (int i = 0; i < 3; i++)
        number = with_semaphore(with_mutex(number));
    return number != 6;
}
