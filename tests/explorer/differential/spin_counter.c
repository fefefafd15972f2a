// spin_counter.c - three threads under a spin lock
#include "together.h"

static pthread_spinlock_t lock;
static int order[3], count;

static void *enter(void *argument)
{
    pthread_spin_lock(&lock);
    order[count++] = me(argument);
    pthread_spin_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE);
    together(enter, enter, enter, NULL);
    pthread_spin_destroy(&lock);
    return 0;
}
