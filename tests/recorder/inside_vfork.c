// inside_vfork.c - children that share their parent's memory until they execute
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int waited(pid_t pid)
{
    int status = -1;

    if (waitpid(pid, &status, 0) != pid)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

static int exits(void)
{
    pid_t pid = vfork();

    if (pid == 0)
        _exit(5);
    return waited(pid);
}

static int executes(void)
{
    pid_t pid = vfork();

    if (pid == 0) {
        execlp("sh", "sh", "-c", "exit 6", (char *)NULL);
        _exit(127);
    }
    return waited(pid);
}

static int cannot_execute(void)
{
    pid_t pid = vfork();

    if (pid == 0) {
        execl("/not/there", "there", (char *)NULL);
        _exit(127);
    }
    return waited(pid);
}

// Its descriptors are its own, its memory is not.
static int redirects(void)
{
    int ends[2];
    char text[16] = "";
    pid_t pid;

    if (pipe(ends) != 0)
        return -1;
    pid = vfork();
    if (pid == 0) {
        dup2(ends[1], 1);
        if (write(1, "child", 5) != 5)
            _exit(2);
        _exit(0);
    }
    close(ends[1]);
    if (read(ends[0], text, sizeof text - 1) < 0)
        return -1;
    close(ends[0]);
    return waited(pid) + 10 * (strcmp(text, "child") != 0);
}

static int is_killed(void)
{
    pid_t pid = vfork();

    if (pid == 0)
        abort();
    return waited(pid);
}

// A vfork in the child of a vfork.
static int nested(void)
{
    pid_t pid = vfork();

    if (pid == 0) {
        pid_t inner = vfork();

        if (inner == 0)
            _exit(3);
        _exit(waited(inner) == 3 ? 4 : 1);
    }
    return waited(pid);
}

static int spawns(void)
{
    char *arguments[] = {"sh", "-c", "exit 8", NULL};
    pid_t pid;

    if (posix_spawnp(&pid, "sh", NULL, NULL, arguments, environ) != 0)
        return -1;
    return waited(pid);
}

int main(void)
{
    printf("exits %d\n", exits());
    printf("executes %d\n", executes());
    printf("cannot execute %d\n", cannot_execute());
    printf("redirects %d\n", redirects());
    printf("is killed %d\n", is_killed());
    printf("nested %d\n", nested());
    printf("spawns %d\n", spawns());
    fflush(stdout);
    printf("system %d\n", WEXITSTATUS(system("exit 9")));
    return 0;
}
