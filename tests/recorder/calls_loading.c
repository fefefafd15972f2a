// calls_loading.c - many ways to come to an exec
//
// calls_loading N: executes itself N times, then begins children by vfork (with
// an exec that fails before) and posix_spawn.
// calls_loading race: children in which three threads exec at the same time.
// calls_loading stops: children that are stopped and told to go on meanwhile.
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/must.h"

enum { CHILDREN = 20, THREADS = 3 };

extern char **environ;

static void await(pid_t child)
{
    int status;

    MUST(waitpid(child, &status, 0));
    printf("%x\n", (unsigned)status);
    fflush(stdout);
}

static void *execute(void *unused)
{
    execlp("sh", "sh", "-c", "exit 6", (char *)NULL);
    return unused;
}

static _Noreturn void execute_in_threads(void)
{
    pthread_t thread;

    for (int i = 0; i < THREADS; i++)
        pthread_create(&thread, NULL, execute, NULL);
    for (;;)
        pause();
}

static void race(void)
{
    for (int i = 0; i < CHILDREN; i++) {
        pid_t child = MUST(fork());

        if (child == 0)
            execute_in_threads();
        await(child);
    }
}

static void stop_and_go(pid_t child, long rounds)
{
    const struct timespec pause = {.tv_nsec = rounds * 20000};

    for (long i = 0; i < rounds; i++) {
        nanosleep(&pause, NULL);
        kill(child, SIGSTOP);
        kill(child, SIGCONT);
    }
}

static void stops(void)
{
    for (int i = 0; i < CHILDREN; i++) {
        pid_t child = MUST(fork());

        if (child == 0)
            execute(NULL);
        stop_and_go(child, i);
        await(child);
    }
}

static void by_vfork(void)
{
    pid_t child = vfork();

    if (child == 0) {
        execl("/nowhere", "nowhere", (char *)NULL);
        execlp("true", "true", (char *)NULL);
        _exit(1);
    }
    await(child);
}

static void by_spawn(void)
{
    char *const arguments[] = {"echo", "spawned", NULL};
    pid_t child;

    posix_spawnp(&child, "echo", NULL, NULL, arguments, environ);
    await(child);
}

static void by_turns(char *self, int left)
{
    char number[16];

    snprintf(number, sizeof number, "%d", left - 1);
    if (left > 0)
        execl(self, self, number, (char *)NULL);
    by_vfork();
    by_spawn();
}

int main(int count, char **words)
{
    const char *what = count > 1 ? words[1] : "0";

    if (strcmp(what, "race") == 0)
        race();
    else if (strcmp(what, "stops") == 0)
        stops();
    else
        by_turns(words[0], atoi(what));
    return 3;
}
