// assertion_at_end.c - main checks the sum when all have ended
#include <assert.h>

#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int sum;

static void *add(void *argument)
{
    int now;

    pthread_mutex_lock(&lock);
    now = sum;
    pthread_mutex_unlock(&lock);
    now += me(argument) + 1;
    pthread_mutex_lock(&lock);
    sum = now;
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    together(add, add, NULL, NULL);
    assert(sum == 3);
    return 0;
}
