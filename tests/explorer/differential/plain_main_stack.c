// plain_main_stack.c - threads share a local variable of main
#include "together.h"

static int result, seen[2];

struct job {
    int *sum;
    int number;
};

static void *add(void *argument)
{
    struct job *job = argument;

    seen[job->number] = *job->sum;
    *job->sum = seen[job->number] + job->number + 1;
    return NULL;
}

int main(void)
{
    pthread_t thread[2];
    int sum = 0;
    struct job job[2] = {{&sum, 0}, {&sum, 1}};

    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, add, &job[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    result = sum;
    return 0;
}
