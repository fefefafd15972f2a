// take_waits.c - one thread takes two coins that two others put
#include <assert.h>
#include <pthread.h>

#include "pot.h"

static void *put_one(void *argument)
{
    (void)argument;
    pot_put(1);
    return NULL;
}

static void *take_two(void *argument)
{
    (void)argument;
    pot_take(2);
    assert(pot_count() >= 0);
    return NULL;
}

int main(void)
{
    void *(*const bodies[])(void *) = {take_two, put_one, put_one};
    pthread_t threads[3];

    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, bodies[i], NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    assert(pot_count() == 0);
    return 42;
}
