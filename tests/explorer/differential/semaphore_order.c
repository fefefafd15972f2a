// semaphore_order.c - the second waits for the first one's post
#include <semaphore.h>

#include "together.h"

static sem_t done;
static int x, seen;

static void *first(void *argument)
{
    (void)argument;
    x = 1;
    sem_post(&done);
    x = 2;
    return NULL;
}

static void *second(void *argument)
{
    (void)argument;
    sem_wait(&done);
    seen = x;
    return NULL;
}

int main(void)
{
    sem_init(&done, 0, 0);
    together(first, second, NULL, NULL);
    return 0;
}
