// refused by: pieces_are_one_output
// a read that does not fill the buffer is taken for the last one
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture.h"

// Reads to the end of file; the caller frees.
static char *read_all(int fd, size_t *size)
{
    char *bytes = NULL, buffer[4096];
    ssize_t got;

    *size = 0;
    while ((got = read(fd, buffer, sizeof buffer)) > 0) {
        bytes = realloc(bytes, *size + (size_t)got);
        for (ssize_t i = 0; i < got; i++)
            bytes[*size + (size_t)i] = buffer[i];
        *size += (size_t)got;
        if (got < (ssize_t)sizeof buffer)
            break;
    }
    close(fd);
    return bytes;
}

int capture(char *const argv[], struct captured *result)
{
    int out[2], err[2], status;

    if (pipe(out) < 0 || pipe(err) < 0)
        return -1;
    pid_t child = start_child(argv, out[1], err[1]);
    if (child < 0)
        return -1;
    close(out[1]);
    close(err[1]);
    result->out = read_all(out[0], &result->out_size);
    result->err = read_all(err[0], &result->err_size);
    waitpid(child, &status, 0);
    result->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    result->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return 0;
}
