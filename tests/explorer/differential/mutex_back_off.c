// mutex_back_off.c - tries the second mutex and gives the first one back
#include "together.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static int done[2], retreats;

static void *firm(void *argument)
{
    pthread_mutex_lock(&a);
    pthread_mutex_lock(&b);
    done[me(argument)] = 1 + done[1];
    pthread_mutex_unlock(&b);
    pthread_mutex_unlock(&a);
    return NULL;
}

static void *careful(void *argument)
{
    pthread_mutex_lock(&b);
    while (pthread_mutex_trylock(&a) != 0) {
        pthread_mutex_unlock(&b);
        if (++retreats == 2)
            return NULL;
        pthread_mutex_lock(&b);
    }
    done[me(argument)] = 1 + done[0];
    pthread_mutex_unlock(&a);
    pthread_mutex_unlock(&b);
    return NULL;
}

int main(void)
{
    together(firm, careful, NULL, NULL);
    return 0;
}
