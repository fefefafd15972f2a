// mutex_twice.c - each enters twice, and sees who was there before
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int order[4], count;

static void *enter(void *argument)
{
    for (int i = 0; i < 2; i++) {
        pthread_mutex_lock(&lock);
        order[count++] = me(argument);
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

int main(void)
{
    together(enter, enter, NULL, NULL);
    return 0;
}
