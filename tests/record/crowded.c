// crowded.c - starts children where hardly anything more would fit in: many
// variables, as many arguments as may be, on the smallest stack
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { VARIABLES = 700, LONGEST = 100000 };

static char name[] = "true", path[] = "/bin/true", filler[LONGEST + 1];
static char *arguments[] = {name, filler, NULL};
static char *variables[VARIABLES + 2] = {"PATH=/bin:/usr/bin"};

static int ends_with_0(pid_t child)
{
    int status;

    return waitpid(child, &status, 0) == child && status == 0;
}

// Past every library.
static int fits(size_t length)
{
    pid_t child;

    memset(filler, 'x', length);
    filler[length] = '\0';
    child = fork();
    if (child == 0) {
        syscall(SYS_execve, path, arguments, variables);
        _exit(1);
    }
    return ends_with_0(child);
}

static void fill_up(void)
{
    size_t most = 0;

    for (size_t step = 1 << 16; step; step /= 2)
        if (most + step <= LONGEST && fits(most + step))
            most += step;
    fits(most);
}

static void start(int way)
{
    switch (way) {
    case 0:
        execve(path, arguments, variables);
        break;
    case 1:
        execvpe(name, arguments, variables);
        break;
    case 2:
        execveat(-1, path, arguments, variables, 0);
        break;
    }
    _exit(1);
}

static void *start_all(void *unused)
{
    pid_t child;

    for (int way = 0; way < 3; way++) {
        child = fork();
        if (child == 0)
            start(way);
        printf("exec %d: %d\n", way, ends_with_0(child));
    }
    errno = posix_spawn(&child, path, NULL, NULL, arguments, variables);
    printf("spawn: %m %d\n", ends_with_0(child));
    errno = posix_spawnp(&child, name, NULL, NULL, arguments, variables);
    printf("spawnp: %m %d\n", ends_with_0(child));
    return unused;
}

int main(void)
{
    pthread_attr_t small;
    pthread_t thread;

    for (int i = 1; i <= VARIABLES; i++)
        variables[i] = "A=some";
    fill_up();
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, PTHREAD_STACK_MIN);
    pthread_create(&thread, &small, start_all, NULL);
    return pthread_join(thread, NULL);
}
