// threads.c - begins and joins so many threads, twenty at a time
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { AT_ONCE = 20 };

static atomic_int begun;

static void *begin(void *number)
{
    begun++;
    return number;
}

static int twenty(void)
{
    pthread_t threads[AT_ONCE];
    void *number;

    for (long i = 0; i < AT_ONCE; i++)
        if (pthread_create(&threads[i], NULL, begin, (void *)i) != 0)
            return 1;
    for (long i = 0; i < AT_ONCE; i++)
        if (pthread_join(threads[i], &number) != 0 || (long)number != i)
            return 2;
    return 0;
}

int main(int argc, char **argv)
{
    int status = 0;

    for (int i = argc > 1 ? atoi(argv[1]) / AT_ONCE : 1; i > 0 && !status; i--)
        status = twenty();
    printf("%d\n", begun);
    return status;
}
