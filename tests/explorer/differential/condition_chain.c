// condition_chain.c - each passes the word on to the next one
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int turn, waits[3];

static void *pass(void *argument)
{
    pthread_mutex_lock(&lock);
    while (turn != me(argument)) {
        waits[me(argument)]++;
        pthread_cond_wait(&changed, &lock);
    }
    turn++;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    together(pass, pass, NULL, NULL);
    return 0;
}
