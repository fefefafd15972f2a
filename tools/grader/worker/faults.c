// faults.c - calls of the student's code that fail when the suite wants it
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/grader/worker/faults.h"

// A row a call: its name once, so that the table and the enum agree.
#define CALLS(X)                                                               \
    X(accept)                                                                  \
    X(calloc)                                                                  \
    X(close)                                                                   \
    X(dup)                                                                     \
    X(dup2)                                                                    \
    X(dup3)                                                                    \
    X(fcntl)                                                                   \
    X(fork)                                                                    \
    X(fstat)                                                                   \
    X(ftruncate)                                                               \
    X(kill)                                                                    \
    X(lseek)                                                                   \
    X(malloc)                                                                  \
    X(mmap)                                                                    \
    X(open)                                                                    \
    X(openat)                                                                  \
    X(pipe)                                                                    \
    X(pipe2)                                                                   \
    X(poll)                                                                    \
    X(ppoll)                                                                   \
    X(pthread_create)                                                          \
    X(pread)                                                                   \
    X(pwrite)                                                                  \
    X(read)                                                                    \
    X(readv)                                                                   \
    X(realloc)                                                                 \
    X(select)                                                                  \
    X(sigaction)                                                               \
    X(socket)                                                                  \
    X(socketpair)                                                              \
    X(wait)                                                                    \
    X(waitpid)                                                                 \
    X(write)                                                                   \
    X(writev)

#define ENUM_ROW(name) CALL_##name,
#define NAME_ROW(name) #name,
enum call_index { CALLS(ENUM_ROW) CALL_COUNT };
static const char *const names[] = {CALLS(NAME_ROW) NULL};

struct fault {
    atomic_long count; // calls since faults_begin
    long first, last;  // these fail; first 0: none
    int error;         // an errno value; 0: they do not fail
    size_t most_bytes; // 0: no limit
};

static struct fault private_faults[CALL_COUNT];
static struct fault *faults = private_faults;

static void share_with_children(void)
{
    void *shared = mmap(NULL, sizeof private_faults, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (shared != MAP_FAILED)
        faults = shared;
}

void faults_begin(void)
{
    if (faults == private_faults)
        share_with_children();
    memset(faults, 0, sizeof private_faults);
}

int faults_set(const char *call, long nth, long times, int error,
               size_t most_bytes)
{
    for (int i = 0; i < CALL_COUNT; i++) {
        if (strcmp(names[i], call) != 0)
            continue;
        if (error) {
            faults[i].first = nth;
            faults[i].last = times ? nth + times - 1 : __LONG_MAX__;
            faults[i].error = error;
        }
        if (most_bytes)
            faults[i].most_bytes = most_bytes;
        return 0;
    }
    return -1;
}

void faults_end(void)
{
    for (int i = 0; i < CALL_COUNT; i++) {
        faults[i].error = 0;
        faults[i].most_bytes = 0;
    }
}

const char *faults_name(int index)
{
    return index < CALL_COUNT ? names[index] : NULL;
}

long faults_count(int index)
{
    return atomic_load(&faults[index].count);
}

// Counts the call. The errno value that it is to fail with, or 0.
static int fault_of(enum call_index call)
{
    struct fault *fault = &faults[call];
    long nth = atomic_fetch_add(&fault->count, 1) + 1;

    if (!fault->error || nth < fault->first || nth > fault->last)
        return 0;
    return fault->error;
}

// Does the call fail? Then errno says why.
static bool fails(enum call_index call)
{
    int error = fault_of(call);

    if (error)
        errno = error;
    return error != 0;
}

static size_t at_most(enum call_index call, size_t size)
{
    size_t most = faults[call].most_bytes;

    return most && size > most ? most : size;
}

// fault_NAME(parameters) fails, or is NAME(arguments).
#define FAULT(type, name, failure, parameters, arguments)                      \
    type fault_##name parameters;                                              \
    type fault_##name parameters                                               \
    {                                                                          \
        return fails(CALL_##name) ? (failure) : name arguments;                \
    }

FAULT(int, accept, -1, (int fd, struct sockaddr *a, socklen_t *n), (fd, a, n))
FAULT(void *, calloc, NULL, (size_t n, size_t size), (n, size))
FAULT(int, dup, -1, (int fd), (fd))
FAULT(int, dup2, -1, (int from, int to), (from, to))
FAULT(int, dup3, -1, (int from, int to, int flags), (from, to, flags))
FAULT(pid_t, fork, -1, (void), ())
FAULT(int, fstat, -1, (int fd, struct stat *s), (fd, s))
FAULT(int, ftruncate, -1, (int fd, off_t size), (fd, size))
FAULT(int, kill, -1, (pid_t pid, int sig), (pid, sig))
FAULT(off_t, lseek, -1, (int fd, off_t to, int whence), (fd, to, whence))
FAULT(void *, malloc, NULL, (size_t size), (size))
FAULT(void *, mmap, MAP_FAILED,
      (void *at, size_t size, int prot, int flags, int fd, off_t from),
      (at, size, prot, flags, fd, from))
FAULT(int, pipe, -1, (int ends[2]), (ends))
FAULT(int, pipe2, -1, (int ends[2], int flags), (ends, flags))
FAULT(int, poll, -1, (struct pollfd * p, nfds_t n, int ms), (p, n, ms))
FAULT(int, ppoll, -1,
      (struct pollfd * p, nfds_t n, const struct timespec *t,
       const sigset_t *mask),
      (p, n, t, mask))
FAULT(ssize_t, pread, -1, (int fd, void *b, size_t n, off_t from),
      (fd, b, at_most(CALL_pread, n), from))
FAULT(ssize_t, pwrite, -1, (int fd, const void *b, size_t n, off_t to),
      (fd, b, at_most(CALL_pwrite, n), to))
FAULT(ssize_t, read, -1, (int fd, void *b, size_t n),
      (fd, b, at_most(CALL_read, n)))
FAULT(ssize_t, readv, -1, (int fd, const struct iovec *v, int n), (fd, v, n))
FAULT(void *, realloc, NULL, (void *old, size_t size), (old, size))
FAULT(int, select, -1,
      (int n, fd_set *r, fd_set *w, fd_set *e, struct timeval *t),
      (n, r, w, e, t))
FAULT(int, sigaction, -1,
      (int sig, const struct sigaction *act, struct sigaction *old),
      (sig, act, old))
FAULT(int, socket, -1, (int domain, int type, int protocol),
      (domain, type, protocol))
FAULT(int, socketpair, -1, (int domain, int type, int protocol, int ends[2]),
      (domain, type, protocol, ends))
FAULT(pid_t, wait, -1, (int *status), (status))
FAULT(pid_t, waitpid, -1, (pid_t pid, int *status, int options),
      (pid, status, options))
FAULT(ssize_t, write, -1, (int fd, const void *b, size_t n),
      (fd, b, at_most(CALL_write, n)))
FAULT(ssize_t, writev, -1, (int fd, const struct iovec *v, int n), (fd, v, n))

// As on Linux, the descriptor is closed even where close() says EINTR or EIO.
int fault_close(int fd);
int fault_close(int fd)
{
    int result = close(fd);

    return fails(CALL_close) ? -1 : result;
}

int fault_open(const char *path, int flags, ...);
int fault_open(const char *path, int flags, ...)
{
    va_list rest;
    mode_t mode;

    va_start(rest, flags);
    mode = flags & (O_CREAT | __O_TMPFILE) ? (mode_t)va_arg(rest, int) : 0;
    va_end(rest);
    return fails(CALL_open) ? -1 : open(path, flags, mode);
}

int fault_openat(int folder, const char *path, int flags, ...);
int fault_openat(int folder, const char *path, int flags, ...)
{
    va_list rest;
    mode_t mode;

    va_start(rest, flags);
    mode = flags & (O_CREAT | __O_TMPFILE) ? (mode_t)va_arg(rest, int) : 0;
    va_end(rest);
    return fails(CALL_openat) ? -1 : openat(folder, path, flags, mode);
}

int fault_fcntl(int fd, int command, ...);
int fault_fcntl(int fd, int command, ...)
{
    va_list rest;
    void *argument;

    va_start(rest, command);
    argument = va_arg(rest, void *);
    va_end(rest);
    return fails(CALL_fcntl) ? -1 : fcntl(fd, command, argument);
}

int fault_pthread_create(pthread_t *thread, const pthread_attr_t *how,
                         void *(*run)(void *), void *argument);
int fault_pthread_create(pthread_t *thread, const pthread_attr_t *how,
                         void *(*run)(void *), void *argument)
{
    int error = fault_of(CALL_pthread_create);

    return error ? error : pthread_create(thread, how, run, argument);
}
