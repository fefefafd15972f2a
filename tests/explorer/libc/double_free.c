// double_free.c - both threads give the same block back
// Expect: failed double_free
#include <pthread.h>
#include <stdlib.h>

static void *release(void *block)
{
    free(block);
    return NULL;
}

int main(void)
{
    pthread_t thread;
    void *block = malloc(10);

    pthread_create(&thread, NULL, release, block);
    release(block);
    pthread_join(thread, NULL);
    return 0;
}
