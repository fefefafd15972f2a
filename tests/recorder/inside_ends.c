// inside_ends.c - ends by the way that is asked for
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void at_exit(void)
{
    puts("at exit");
}

static void *end_process(void *unused)
{
    (void)unused;
    exit(11);
}

static void *work_on(void *unused)
{
    (void)unused;
    for (volatile long i = 0;; i++)
        free(malloc(16));
    return NULL;
}

static void *last(void *main_thread)
{
    pthread_join(*(pthread_t *)main_thread, NULL);
    puts("main has left");
    return NULL;
}

static void in_thread(void *(*routine)(void *), void *argument)
{
    pthread_t thread;

    pthread_create(&thread, NULL, routine, argument);
    if (routine == end_process)
        pthread_join(thread, NULL);
}

int main(int argc, char **argv)
{
    const char *way = argc > 1 ? argv[1] : "";
    static pthread_t self;

    self = pthread_self();
    atexit(at_exit);
    setvbuf(stdout, NULL, _IOLBF, 0);
    puts("begins");
    if (!strcmp(way, "exit"))
        exit(7);
    if (!strcmp(way, "_exit"))
        _exit(8);
    if (!strcmp(way, "_Exit"))
        _Exit(9);
    if (!strcmp(way, "quick"))
        quick_exit(10);
    if (!strcmp(way, "abort"))
        abort();
    if (!strcmp(way, "raw"))
        syscall(SYS_exit_group, 12);
    if (!strcmp(way, "kill"))
        raise(SIGKILL);
    if (!strcmp(way, "segv"))
        raise(SIGSEGV);
    if (!strcmp(way, "thread"))
        in_thread(end_process, NULL);
    if (!strcmp(way, "busy"))
        in_thread(work_on, NULL);
    if (!strcmp(way, "leave")) {
        in_thread(last, &self);
        pthread_exit(NULL);
    }
    return 3;
}
