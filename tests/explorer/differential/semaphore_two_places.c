// semaphore_two_places.c - two of three may be inside at once
#include <semaphore.h>

#include "together.h"

static sem_t places;
static int inside, most, seen[3];

static void *enter(void *argument)
{
    sem_wait(&places);
    seen[me(argument)] = inside;
    inside = seen[me(argument)] + 1;
    sem_post(&places);
    return NULL;
}

int main(void)
{
    sem_init(&places, 0, 2);
    together(enter, enter, enter, NULL);
    most = inside;
    return 0;
}
