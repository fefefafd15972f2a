// expect: proved,sampled
// A pool of two threads, a queue of function pointers, an orderly end.
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct task {
    void (*function)(void *);
    void *argument;
    struct task *next;
};

static struct task *head, **tail = &head;
static bool stopping;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static int results[2];

static void *pool_thread(void *unused)
{
    for (;;) {
        struct task *task;

        pthread_mutex_lock(&lock);
        while (!head && !stopping)
            pthread_cond_wait(&wake, &lock);
        task = head;
        if (!task) {
            pthread_mutex_unlock(&lock);
            return NULL;
        }
        head = task->next;
        if (!head)
            tail = &head;
        pthread_mutex_unlock(&lock);
        task->function(task->argument);
        free(task);
    }
}

static void submit(void (*function)(void *), void *argument)
{
    struct task *task = malloc(sizeof *task);

    task->function = function;
    task->argument = argument;
    task->next = NULL;
    pthread_mutex_lock(&lock);
    *tail = task;
    tail = &task->next;
    pthread_cond_signal(&wake);
    pthread_mutex_unlock(&lock);
}

static void square(void *argument)
{
    int *number = argument;

    *number *= *number;
}

int main(void)
{
    pthread_t threads[2];

    results[0] = 3;
    results[1] = 4;
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, pool_thread, NULL);
    for (int i = 0; i < 2; i++)
        submit(square, &results[i]);
    pthread_mutex_lock(&lock);
    stopping = true;
    pthread_cond_broadcast(&wake);
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("%d %d\n", results[0], results[1]);
    return results[0] + results[1] == 25 ? 0 : 1;
}
