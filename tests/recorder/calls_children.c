// calls_children.c - every way to begin a process
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/must.h"

extern char **environ;

static void await(const char *how, pid_t child)
{
    int status;

    MUST(waitpid(child, &status, 0));
    printf("%s: %d\n", how, WEXITSTATUS(status));
    fflush(stdout);
}

static void by_fork(void)
{
    pid_t child = MUST(fork());

    if (child == 0) {
        getppid();
        _exit(1);
    }
    await("fork", child);
}

static void by_raw_fork(void)
{
    pid_t child = (pid_t)MUST(syscall(SYS_fork));

    if (child == 0) {
        syscall(SYS_getppid);
        syscall(SYS_exit, 2);
    }
    await("the call fork", child);
}

static void by_vfork(const char *program, int otherwise)
{
    pid_t child = vfork();

    if (child == 0) {
        execl(program, program, "3", (char *)NULL);
        _exit(otherwise);
    }
    await("vfork", child);
}

static pid_t vfork_within(void)
{
    pid_t child = vfork();

    if (child == 0)
        _exit(5);
    return child;
}

static void by_vfork_twice(void)
{
    static volatile pid_t inner;
    pid_t child = vfork();

    if (child == 0) {
        inner = vfork_within();
        getppid();
        _exit(inner > 0 ? 6 : 7);
    }
    await("vfork in vfork", child);
}

static void by_spawn(void)
{
    char *words[] = {"sh", "-c", "exit 8", NULL};
    pid_t child;

    MUST(posix_spawnp(&child, "sh", NULL, NULL, words, environ));
    await("posix_spawnp", child);
    printf("nothing to spawn: %d\n",
           posix_spawn(&child, "/nowhere", NULL, NULL, words, environ));
    printf("system: %d\n", WEXITSTATUS(system("exit 9")));
}

static int run_on_own_stack(void *status)
{
    getppid();
    return *(int *)status;
}

static void by_clone(const char *how, int flags)
{
    static int status = 10;
    char *stack = malloc(256 * 1024);

    await(how, (pid_t)MUST(clone(run_on_own_stack, stack + 256 * 1024,
                                 flags | SIGCHLD, &status)));
    free(stack);
}

static void *fork_in_thread(void *unused)
{
    by_fork();
    by_vfork("/bin/true", 4);
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t thread;

    if (argc > 1)
        return atoi(argv[1]);
    by_fork();
    by_raw_fork();
    by_vfork(argv[0], 4);
    by_vfork("/nowhere", 4);
    by_vfork_twice();
    by_spawn();
    by_clone("clone with a copy", 0);
    by_clone("clone as vfork", CLONE_VM | CLONE_VFORK);
    MUST(pthread_create(&thread, NULL, fork_in_thread, NULL));
    MUST(pthread_join(thread, NULL));
    return 11;
}
