// condition_buffer.c - a place for one item, two items, two conditions
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static pthread_cond_t emptied = PTHREAD_COND_INITIALIZER;
static int place, taken[2], waits[2];

static void *produce(void *argument)
{
    for (int item = 1; item <= 2; item++) {
        pthread_mutex_lock(&lock);
        while (place) {
            waits[0]++;
            pthread_cond_wait(&emptied, &lock);
        }
        place = item;
        pthread_cond_signal(&filled);
        pthread_mutex_unlock(&lock);
    }
    return argument;
}

static void *consume(void *argument)
{
    for (int i = 0; i < 2; i++) {
        pthread_mutex_lock(&lock);
        while (!place) {
            waits[1]++;
            pthread_cond_wait(&filled, &lock);
        }
        taken[i] = place;
        place = 0;
        pthread_cond_signal(&emptied);
        pthread_mutex_unlock(&lock);
    }
    return argument;
}

int main(void)
{
    together(produce, consume, NULL, NULL);
    return 0;
}
