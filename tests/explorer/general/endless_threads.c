// endless_threads.c - more than there is room for: the others are explored
// Expect: failed assertion
// Options: --seconds 4
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int last;

static void *count(void *unused)
{
    pthread_mutex_lock(&mutex);
    last++;
    pthread_mutex_unlock(&mutex);
    pthread_mutex_lock(&mutex);
    assert(last < 3);
    pthread_mutex_unlock(&mutex);
    return unused;
}

int main(void)
{
    pthread_t thread;

    for (;;)
        pthread_create(&thread, NULL, count, NULL);
}
