// expect: proved
// A green light is remembered until somebody has driven.
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

sem_t green;

void *traffic_light(void *arg)
{
    for (int i = 0; i < 2; i++)
        sem_post(&green);
    return NULL;
}

void *car(void *arg)
{
    sem_wait(&green);
    printf("drives\n");
    return NULL;
}

int main(void)
{
    pthread_t light, driver;

    sem_init(&green, 0, 0);
    pthread_create(&driver, NULL, car, NULL);
    pthread_create(&light, NULL, traffic_light, NULL);
    pthread_join(light, NULL);
    pthread_join(driver, NULL);
    return 0;
}
