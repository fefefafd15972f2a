// expect: refused
// What a process does besides threads is not judged.
#include <pthread.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void *thread(void *arg)
{
    if (fork() == 0)
        _exit(3);
    wait(NULL);
    return NULL;
}

int main(void)
{
    pthread_t t;

    pthread_create(&t, NULL, thread, NULL);
    pthread_join(t, NULL);
    return 0;
}
