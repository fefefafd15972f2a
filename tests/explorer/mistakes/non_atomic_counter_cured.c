// expect: proved
// Two threads count visitors in one variable, under a mutex.
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

#define VISITORS 3

int visitors = 0;
pthread_mutex_t visitors_lock = PTHREAD_MUTEX_INITIALIZER;

void *door(void *arg)
{
    for (int i = 0; i < VISITORS; i++) {
        pthread_mutex_lock(&visitors_lock);
        visitors++;
        pthread_mutex_unlock(&visitors_lock);
    }
    return NULL;
}

int main(void)
{
    pthread_t front, back;

    pthread_create(&front, NULL, door, NULL);
    pthread_create(&back, NULL, door, NULL);
    pthread_join(front, NULL);
    pthread_join(back, NULL);
    printf("visitors: %d\n", visitors);
    assert(visitors == 2 * VISITORS);
    return 0;
}
