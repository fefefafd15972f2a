// start_child.c - fork and exec, and whether they worked (given, do not edit)
//
// How does the parent learn that exec failed in the child? Through one more
// pipe. Its write end closes by itself when exec works (O_CLOEXEC), and then the
// parent reads an end of file; if exec fails, the child writes the reason.
#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture.h"

// In the child. Never comes back: it becomes the program, or ends.
static void become(char *const argv[], int out_fd, int err_fd, int report)
{
    if (dup2(out_fd, STDOUT_FILENO) >= 0 && dup2(err_fd, STDERR_FILENO) >= 0)
        execvp(argv[0], argv);

    int reason = errno;
    (void)!write(report, &reason, sizeof reason);
    _exit(127);
}

// Blocks until the child is the program (returns 0) or says why not.
static int reason_from(int report)
{
    int reason = 0;

    while (read(report, &reason, sizeof reason) < 0 && errno == EINTR)
        ;
    return reason;
}

pid_t start_child(char *const argv[], int out_fd, int err_fd)
{
    int report[2];

    if (pipe2(report, O_CLOEXEC) < 0)
        return -1;
    pid_t child = fork();
    if (child == 0)
        become(argv, out_fd, err_fd, report[1]);
    int reason = child < 0 ? errno : 0;

    close(report[1]);
    if (child > 0)
        reason = reason_from(report[0]);
    close(report[0]);
    if (child > 0 && reason != 0)
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            ;
    errno = reason;
    return reason == 0 ? child : -1;
}
