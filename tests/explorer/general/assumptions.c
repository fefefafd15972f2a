// assumptions.c - what is assumed and does not hold ends an execution: no failure
// Expect: proved
#include <pthread.h>

extern void abort(void);
void assume_abort_if_not(int holds)
{
    if (!holds)
        abort();
}
void reach_error(void)
{
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int turn, total;

static void *take_turn(void *number)
{
    pthread_mutex_lock(&mutex);
    assume_abort_if_not(turn == (int)(long)number);
    turn++;
    total = total * 10 + (int)(long)number;
    pthread_mutex_unlock(&mutex);
    return NULL;
}

int main(void)
{
    pthread_t threads[3];

    for (long i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, take_turn, (void *)i);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    if (total != 12) {
        reach_error();
        abort();
    }
    return 0;
}
