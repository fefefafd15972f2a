// two_puts.c - two threads put one coin each
#include <assert.h>
#include <pthread.h>

#include "pot.h"

static void *put_one(void *argument)
{
    (void)argument;
    pot_put(1);
    return NULL;
}

int main(void)
{
    pthread_t one, two;

    pthread_create(&one, NULL, put_one, NULL);
    pthread_create(&two, NULL, put_one, NULL);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    assert(pot_count() == 2);
    return 42;
}
