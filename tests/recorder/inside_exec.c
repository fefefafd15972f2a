// inside_exec.c - executes a program by the way that is asked for
// Run: inside_exec WAY [TEXT...] executes /usr/bin/env by that way
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static char *own[] = {"MINE=1", "PATH=/usr/bin:/bin", NULL};
static char *preloaded[] = {"LD_PRELOAD=libm.so.6", "MINE=2", NULL};
static char *none[] = {NULL};
static char *env[] = {"env", NULL};

static int by(const char *way)
{
    if (!strcmp(way, "execve"))
        return execve("/usr/bin/env", env, own);
    if (!strcmp(way, "preloaded"))
        return execve("/usr/bin/env", env, preloaded);
    if (!strcmp(way, "empty"))
        return execve("/usr/bin/env", env, none);
    if (!strcmp(way, "null"))
        return execve("/usr/bin/env", env, NULL);
    if (!strcmp(way, "execvpe"))
        return execvpe("env", env, own);
    if (!strcmp(way, "execle"))
        return execle("/usr/bin/env", "env", (char *)NULL, own);
    if (!strcmp(way, "execlp"))
        return execlp("env", "env", (char *)NULL);
    if (!strcmp(way, "execl"))
        return execl("/usr/bin/env", "env", (char *)NULL);
    if (!strcmp(way, "execv"))
        return execv("/usr/bin/env", env);
    if (!strcmp(way, "execvp"))
        return execvp("env", env);
    if (!strcmp(way, "fexecve"))
        return fexecve(open("/usr/bin/env", O_RDONLY | O_CLOEXEC), env, own);
    if (!strcmp(way, "execveat"))
        return execveat(AT_FDCWD, "/usr/bin/env", env, own, 0);
    if (!strcmp(way, "missing"))
        return execvp("not-a-program-anywhere", env);
    return -1;
}

static int by_shell(const char *way)
{
    char line[256];
    FILE *stream;

    if (!strcmp(way, "system"))
        return system("env");
    stream = popen("env", "r");
    while (stream && fgets(line, sizeof line, stream))
        fputs(line, stdout);
    return stream ? pclose(stream) : -1;
}

int main(int argc, char **argv)
{
    const char *way = argc > 1 ? argv[1] : "";

    if (!strcmp(way, "cleared")) {
        clearenv();
        setenv("MINE", "3", 1);
        way = "execv";
    }
    if (!strcmp(way, "system") || !strcmp(way, "popen")) {
        setenv("MINE", "4", 1);
        if (by_shell(way) != 0)
            return 2;
        for (char **at = environ; *at; at++)
            puts(*at);
        return 0;
    }
    if (by(way) < 0)
        perror(way);
    return 1;
}
