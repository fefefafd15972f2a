// inside_forks.c - a program of several threads forks again and again
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static atomic_bool over;

static void before(void)
{
    pthread_mutex_lock(&guard);
}

static void after(void)
{
    pthread_mutex_unlock(&guard);
}

static void *work(void *unused)
{
    (void)unused;
    while (!atomic_load(&over)) {
        pthread_mutex_lock(&mutex);
        pthread_mutex_unlock(&mutex);
        free(malloc(100));
    }
    return NULL;
}

// In the child only this thread is left, and guard is its own.
static int child(int number)
{
    pthread_t thread;

    atomic_store(&over, 1);
    pthread_mutex_lock(&guard);
    pthread_mutex_unlock(&guard);
    if (number % 100 == 0) {
        pthread_create(&thread, NULL, work, NULL);
        pthread_join(thread, NULL);
    }
    _exit(number % 7);
}

int main(int argc, char **argv)
{
    int times = argc > 1 ? atoi(argv[1]) : 1000, sum = 0, status;
    pthread_t threads[2];

    pthread_atfork(before, after, after);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < times; i++) {
        pid_t pid = fork();

        if (pid == 0)
            child(i);
        if (waitpid(pid, &status, 0) == pid)
            sum += WEXITSTATUS(status);
    }
    atomic_store(&over, 1);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("sum %d\n", sum);
    return 0;
}
