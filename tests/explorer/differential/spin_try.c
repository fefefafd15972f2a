// spin_try.c - a spin lock, one who tries, and a mutex inside
#include "together.h"

static pthread_spinlock_t spin;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int order[4], count;

static void *enter(void *argument)
{
    pthread_spin_lock(&spin);
    pthread_mutex_lock(&lock);
    order[count++] = me(argument);
    pthread_mutex_unlock(&lock);
    pthread_spin_unlock(&spin);
    return NULL;
}

static void *try(void *argument)
{
    if (pthread_spin_trylock(&spin) != 0)
        return NULL;
    order[count++] = me(argument);
    pthread_spin_unlock(&spin);
    return NULL;
}

int main(void)
{
    pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
    together(enter, enter, try, NULL);
    return 0;
}
