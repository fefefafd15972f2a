// error_is_reached.c - the verifier's error function, though it does nothing
// Expect: failed assertion
#include <pthread.h>

extern void abort(void);
void reach_error(void)
{
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int data;

static void *add(void *amount)
{
    pthread_mutex_lock(&mutex);
    data += (int)(long)amount;
    pthread_mutex_unlock(&mutex);
    return NULL;
}

static void *look(void *unused)
{
    pthread_mutex_lock(&mutex);
    if (data >= 3) {
        reach_error();
        abort();
    }
    pthread_mutex_unlock(&mutex);
    return unused;
}

int main(void)
{
    pthread_t threads[3];

    pthread_create(&threads[0], NULL, add, (void *)1);
    pthread_create(&threads[1], NULL, add, (void *)2);
    pthread_create(&threads[2], NULL, look, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
