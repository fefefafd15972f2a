// producer_consumer.c - three items through one place, two conditions
// 32 classes without spurious wakeups.
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static pthread_cond_t emptied = PTHREAD_COND_INITIALIZER;
static int place, is_full, sum;

static void *produce(void *argument)
{
    for (int item = 1; item <= 3; item++) {
        pthread_mutex_lock(&lock);
        while (is_full)
            pthread_cond_wait(&emptied, &lock);
        place = item;
        is_full = 1;
        pthread_cond_signal(&filled);
        pthread_mutex_unlock(&lock);
    }
    return argument;
}

static void *consume(void *argument)
{
    for (int i = 0; i < 3; i++) {
        pthread_mutex_lock(&lock);
        while (!is_full)
            pthread_cond_wait(&filled, &lock);
        sum += place;
        is_full = 0;
        pthread_cond_signal(&emptied);
        pthread_mutex_unlock(&lock);
    }
    return argument;
}

int main(void)
{
    pthread_t producer, consumer;

    pthread_create(&producer, NULL, produce, NULL);
    pthread_create(&consumer, NULL, consume, NULL);
    pthread_join(producer, NULL);
    pthread_join(consumer, NULL);
    return 0;
}
