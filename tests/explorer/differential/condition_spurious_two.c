// condition_spurious_two.c - nobody signals: who is woken without a reason?
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t left = PTHREAD_COND_INITIALIZER;
static pthread_cond_t right = PTHREAD_COND_INITIALIZER;
static int woken[3], count;

static void *wait_left(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_cond_wait(&left, &lock);
    woken[count++] = me(argument) + 1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *wait_right(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_cond_wait(&right, &lock);
    woken[count++] = me(argument) + 1;
    pthread_cond_signal(&left);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    together(wait_left, wait_right, NULL, NULL);
    return 0;
}
