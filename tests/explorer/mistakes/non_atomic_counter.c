// expect: data_race
// Two threads count visitors in one variable.
#include <pthread.h>
#include <stdio.h>

#define VISITORS 3

int visitors = 0;

void *door(void *arg)
{
    for (int i = 0; i < VISITORS; i++)
        visitors++;
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
    return 0;
}
