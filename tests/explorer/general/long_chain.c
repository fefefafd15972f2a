// long_chain.c - each thread creates the next: all have handles of their own
// Expect: proved; status 0
#include <pthread.h>
#include <stddef.h>

enum { LENGTH = 30 };
static pthread_t threads[LENGTH];

static void *go_on(void *place)
{
    pthread_t *next = (pthread_t *)place + 1;

    if (next < threads + LENGTH) {
        pthread_create(next, NULL, go_on, next);
        pthread_join(*next, NULL);
    }
    return NULL;
}

int main(void)
{
    pthread_create(&threads[0], NULL, go_on, &threads[0]);
    pthread_join(threads[0], NULL);
    for (int i = 0; i < LENGTH; i++)
        for (int j = 0; j < i; j++)
            if (pthread_equal(threads[i], threads[j]))
                return 1;
    return 0;
}
