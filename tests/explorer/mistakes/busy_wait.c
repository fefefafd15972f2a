// expect: livelock
// Waits in a loop for a green light, which may be red again when it looks.
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

atomic_bool green = false;

void *traffic_light(void *arg)
{
    for (int i = 0; i < 2; i++) {
        green = true;
        green = false;
    }
    return NULL;
}

void *car(void *arg)
{
    while (!green)
        ;
    printf("drives\n");
    return NULL;
}

int main(void)
{
    pthread_t light, driver;

    pthread_create(&driver, NULL, car, NULL);
    pthread_create(&light, NULL, traffic_light, NULL);
    pthread_join(light, NULL);
    pthread_join(driver, NULL);
    return 0;
}
