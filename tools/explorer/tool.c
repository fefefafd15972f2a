// tool.c - runs a compiler or a linker and keeps what it says
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/course/keep.h"
#include "tools/explorer/tool.h"

static _Noreturn void become(char *const *argv, const char *log, pid_t parent)
{
    int in = open("/dev/null", O_RDONLY);
    int out = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || in < 0 || out < 0 || dup2(in, 0) < 0 ||
        dup2(out, 1) < 0 || dup2(out, 2) < 0)
        _exit(126);
    execvp(argv[0], argv);
    _exit(errno == ENOENT ? 127 : 126);
}

int tool_run(char *const *argv, const char *log)
{
    pid_t parent = getpid(), child = fork();
    int status;

    if (child == 0)
        become(argv, log, parent);
    if (child < 0)
        return -1;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    errno = WIFEXITED(status) && WEXITSTATUS(status) == 127 ? ENOENT : EINTR;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void tool_show(const char *log)
{
    size_t size;
    char *text = keep_read(log, 1 << 20, &size);

    if (text)
        fwrite(text, 1, size, stderr);
    free(text);
}
