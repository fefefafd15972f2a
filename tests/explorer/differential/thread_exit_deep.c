// thread_exit_deep.c - pthread_exit in a called function, with a result
#include "together.h"

static int results[2], x;

static void leave(int value)
{
    pthread_exit((void *)(intptr_t)value);
}

static void *work(void *argument)
{
    if (x++ == 0)
        leave(10 + me(argument));
    return (void *)(intptr_t)(20 + me(argument));
}

int main(void)
{
    pthread_t thread[2];
    void *result;

    for (intptr_t i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, work, (void *)i);
    for (int i = 1; i >= 0; i--) {
        pthread_join(thread[i], &result);
        results[i] = (int)(intptr_t)result;
    }
    return 0;
}
