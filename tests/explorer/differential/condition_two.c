// condition_two.c - two conditions on one mutex: one who asks, one who answers
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t asked = PTHREAD_COND_INITIALIZER;
static pthread_cond_t answered = PTHREAD_COND_INITIALIZER;
static int question, answer, waits[2];

static void *ask(void *argument)
{
    pthread_mutex_lock(&lock);
    question = 6;
    pthread_cond_signal(&asked);
    while (!answer) {
        waits[0]++;
        pthread_cond_wait(&answered, &lock);
    }
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *reply(void *argument)
{
    pthread_mutex_lock(&lock);
    while (!question) {
        waits[1]++;
        pthread_cond_wait(&asked, &lock);
    }
    answer = question * 7;
    pthread_cond_signal(&answered);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    together(ask, reply, NULL, NULL);
    return 0;
}
