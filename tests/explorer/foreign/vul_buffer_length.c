// expect: out_of_bounds
// The length is checked under the lock, and used under the next one.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *buf;
static size_t len;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *shrink(void *arg)
{
    pthread_mutex_lock(&lock);
    free(buf);
    buf = malloc(4);
    len = 4;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *fill(void *arg)
{
    size_t n;

    pthread_mutex_lock(&lock);
    n = len;
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock);
    memset(buf, 'a', n);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_t a, b;

    buf = malloc(16);
    len = 16;
    pthread_create(&a, NULL, shrink, NULL);
    pthread_create(&b, NULL, fill, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    free(buf);
    return 0;
}
