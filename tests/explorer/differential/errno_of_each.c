// errno_of_each.c - each thread has its own errno
#include <errno.h>
#include <semaphore.h>

#include "together.h"

static sem_t semaphore;
static int error[3];

static void *try(void *argument)
{
    errno = 0;
    if (sem_trywait(&semaphore) != 0)
        error[me(argument)] = errno;
    return NULL;
}

static void *calm(void *argument)
{
    errno = 7;
    sem_post(&semaphore);
    error[me(argument)] = errno;
    return NULL;
}

int main(void)
{
    sem_init(&semaphore, 0, 0);
    together(try, try, calm, NULL);
    return 0;
}
