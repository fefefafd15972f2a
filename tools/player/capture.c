// capture.c - a helper program reads a text and its answer is kept
#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/must.h"
#include "tools/player/capture.h"

extern char **environ;

// A file without a name that holds text, to be read from its beginning.
static int file_of(const char *text)
{
    int fd = MUST(memfd_create("capture", MFD_CLOEXEC));
    size_t size = strlen(text), put = 0;

    while (put < size) {
        ssize_t more = write(fd, text + put, size - put);

        if (more < 0 && errno != EINTR)
            break;
        put += more > 0 ? (size_t)more : 0;
    }
    lseek(fd, 0, SEEK_SET);
    return fd;
}

// Our environment with LC_ALL=C.UTF-8; only the array is the caller's.
static char **utf8_environment(void)
{
    static char utf8[] = "LC_ALL=C.UTF-8";
    size_t count = 0, kept = 0;
    char **copy;

    while (environ[count])
        count++;
    copy = MUST(calloc(count + 2, sizeof *copy));
    for (size_t i = 0; i < count; i++)
        if (strncmp(environ[i], "LC_ALL=", 7) != 0)
            copy[kept++] = environ[i];
    copy[kept] = utf8;
    return copy;
}

// The child, -1 when it could not be started.
static pid_t start(char *const *argv, int from, int to)
{
    posix_spawn_file_actions_t files;
    char **environment = utf8_environment();
    pid_t child;
    int reason;

    MUST(posix_spawn_file_actions_init(&files));
    MUST(posix_spawn_file_actions_adddup2(&files, from, STDIN_FILENO));
    MUST(posix_spawn_file_actions_adddup2(&files, to, STDOUT_FILENO));
    reason = posix_spawnp(&child, argv[0], &files, NULL, argv, environment);
    posix_spawn_file_actions_destroy(&files);
    free(environment);
    return reason == 0 ? child : -1;
}

static int wait_for(pid_t child)
{
    int status;

    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static char *content_of(int fd)
{
    off_t size = lseek(fd, 0, SEEK_END);
    char *text = MUST(calloc(size > 0 ? (size_t)size + 1 : 1, 1));

    if (size > 0 && pread(fd, text, (size_t)size, 0) != size)
        *text = '\0';
    return text;
}

char *capture_status(char *const *argv, const char *input, int *status)
{
    int from = file_of(input), to = file_of("");
    pid_t child = start(argv, from, to);
    char *text = NULL;

    *status = child > 0 ? wait_for(child) : -1;
    if (*status >= 0)
        text = content_of(to);
    close(from);
    close(to);
    return text;
}

char *capture_run(char *const *argv, const char *input)
{
    int status;
    char *text = capture_status(argv, input, &status);

    if (status == 0)
        return text;
    free(text);
    return NULL;
}

int capture_talk(char *const *argv)
{
    pid_t child;

    if (posix_spawnp(&child, argv[0], NULL, NULL, argv, environ) != 0)
        return -1;
    return wait_for(child);
}
