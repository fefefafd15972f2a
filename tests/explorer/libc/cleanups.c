// cleanups.c - pthread_exit runs what pthread_cleanup_push was given
// Expect: proved
#include <assert.h>
#include <pthread.h>

static int order;

static void clean(void *expected)
{
    assert(order++ == *(int *)expected);
}

static void *leave(void *argument)
{
    static int one = 1, two = 0;

    pthread_cleanup_push(clean, &one);
    pthread_cleanup_push(clean, &two);
    pthread_exit(argument);
    pthread_cleanup_pop(0);
    pthread_cleanup_pop(0);
    return NULL;
}

int main(void)
{
    pthread_t thread;
    void *result;

    pthread_create(&thread, NULL, leave, &order);
    pthread_join(thread, &result);
    assert(result == &order && order == 2);
    return 0;
}
