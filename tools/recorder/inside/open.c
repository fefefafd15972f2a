// open.c - descriptors that come, go, and are made to stand for others
#include <errno.h>
#include <stdarg.h>

#include "tools/recorder/inside/block.h"
#include "tools/recorder/inside/descriptor.h"
#include "tools/recorder/inside/raw.h"
#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/say.h"

// ---- open -------------------------------------------------------------------

// open waits where a FIFO has nobody at its other end, or a disk is slow: said
// afterwards when it was long.
enum { LONG_NS = 50000 };

static int opened(struct writer_task *task, uint64_t begin, int fd)
{
    static _Atomic uint32_t number;
    int saved = errno;
    uint64_t now;

    if (!task)
        return fd;
    descriptor_forget(fd);
    now = writer_now();
    if (now - begin >= LONG_NS) {
        uint32_t name = block_name(&number, "open");

        say_at(task, begin, TRACE_BLOCK_BEGIN, name, 0);
        say_at(task, now, TRACE_BLOCK_END, name, 0);
    }
    errno = saved;
    return fd;
}

#define OPEN(call)                                                             \
    do {                                                                       \
        struct writer_task *task = inside_task_for(RECORD_IO);                 \
        uint64_t begin = task ? writer_now() : 0;                              \
                                                                               \
        return opened(task, begin, call);                                      \
    } while (0)

// The mode is there or not: what is not is not looked at by open either.
#define TAKE_MODE(flags)                                                       \
    va_list rest;                                                              \
    mode_t mode;                                                               \
                                                                               \
    va_start(rest, flags);                                                     \
    mode = va_arg(rest, mode_t);                                               \
    va_end(rest)

EXPORT int open(const char *path, int flags, ...)
{
    TAKE_MODE(flags);
    OPEN(REAL(open)(path, flags, mode));
}

EXPORT int open64(const char *path, int flags, ...)
{
    TAKE_MODE(flags);
    OPEN(REAL(open64)(path, flags, mode));
}

EXPORT int openat(int at, const char *path, int flags, ...)
{
    TAKE_MODE(flags);
    OPEN(REAL(openat)(at, path, flags, mode));
}

EXPORT int openat64(int at, const char *path, int flags, ...)
{
    TAKE_MODE(flags);
    OPEN(REAL(openat64)(at, path, flags, mode));
}

EXPORT int __open_2(const char *path, int flags)
{
    OPEN(REAL(__open_2)(path, flags));
}

EXPORT int __open64_2(const char *path, int flags)
{
    OPEN(REAL(__open64_2)(path, flags));
}

EXPORT int __openat_2(int at, const char *path, int flags)
{
    OPEN(REAL(__openat_2)(at, path, flags));
}

EXPORT int __openat64_2(int at, const char *path, int flags)
{
    OPEN(REAL(__openat64_2)(at, path, flags));
}

EXPORT int creat(const char *path, mode_t mode)
{
    OPEN(REAL(creat)(path, mode));
}

EXPORT int creat64(const char *path, mode_t mode)
{
    OPEN(REAL(creat64)(path, mode));
}

// ---- Pipes ------------------------------------------------------------------

static int piped(int result, const int *fds)
{
    struct writer_task *task = inside_task_for(RECORD_IO);

    if (result != 0 || !task)
        return result;
    descriptor_forget(fds[0]);
    descriptor_forget(fds[1]);
    say(task, TRACE_PIPE_CREATE, descriptor_of(fds[0]).id,
        (uint64_t)raw_call(SYS_fcntl, fds[0], F_GETPIPE_SZ));
    return result;
}

EXPORT int pipe(int fds[2])
{
    return piped(REAL(pipe)(fds), fds);
}

EXPORT int pipe2(int fds[2], int flags)
{
    return piped(REAL(pipe2)(fds, flags), fds);
}

// ---- close ------------------------------------------------------------------

static void say_close(struct writer_task *task, int fd)
{
    struct descriptor thing = descriptor_of(fd);
    long flags;

    if (thing.sort != DESCRIPTOR_PIPE)
        return;
    flags = raw_call(SYS_fcntl, fd, F_GETFL);
    if (flags >= 0)
        say(task, TRACE_PIPE_CLOSE, thing.id, (flags & O_ACCMODE) != O_RDONLY);
}

EXPORT int close(int fd)
{
    struct writer_task *task = inside_task_for(RECORD_IO);
    int result;

    if (task)
        say_close(task, fd);
    result = REAL(close)(fd);
    descriptor_forget(fd);
    return result;
}

EXPORT int close_range(unsigned first, unsigned last, int flags)
{
    int result = REAL(close_range)(first, last, flags);

    descriptor_forget_from(first, last);
    return result;
}

EXPORT void closefrom(int first)
{
    REAL(closefrom)(first);
    descriptor_forget_from((unsigned)(first < 0 ? 0 : first), ~0u);
}

EXPORT int fclose(FILE *stream)
{
    descriptor_forget_stream(stream);
    return REAL(fclose)(stream);
}

EXPORT FILE *freopen(const char *restrict path, const char *restrict mode,
                     FILE *restrict stream)
{
    descriptor_forget_stream(stream);
    return REAL(freopen)(path, mode, stream);
}

EXPORT FILE *freopen64(const char *restrict path, const char *restrict mode,
                       FILE *restrict stream)
{
    descriptor_forget_stream(stream);
    return REAL(freopen64)(path, mode, stream);
}

EXPORT int closedir(DIR *folder)
{
    if (inside.what)
        descriptor_forget(dirfd(folder));
    return REAL(closedir)(folder);
}

// ---- dup --------------------------------------------------------------------

EXPORT int dup(int fd)
{
    int copy = REAL(dup)(fd);

    descriptor_forget(copy);
    return copy;
}

// A pipe that copy stood for is closed by it.
static void say_replaced(int fd, int copy)
{
    struct writer_task *task = inside_task_for(RECORD_IO);

    if (task && fd != copy)
        say_close(task, copy);
}

EXPORT int dup2(int fd, int copy)
{
    int result;

    say_replaced(fd, copy);
    result = REAL(dup2)(fd, copy);
    descriptor_forget(copy);
    return result;
}

EXPORT int dup3(int fd, int copy, int flags)
{
    int result;

    say_replaced(fd, copy);
    result = REAL(dup3)(fd, copy, flags);
    descriptor_forget(copy);
    return result;
}

// ---- fcntl and locks of files -----------------------------------------------

static bool is_dup(int command)
{
    return command == F_DUPFD || command == F_DUPFD_CLOEXEC;
}

static bool may_block(int command)
{
    return command == F_SETLKW || command == F_OFD_SETLKW;
}

#define FCNTL(name)                                                            \
    do {                                                                       \
        va_list rest;                                                          \
        void *argument;                                                        \
        int result;                                                            \
                                                                               \
        va_start(rest, command);                                               \
        argument = va_arg(rest, void *);                                       \
        va_end(rest);                                                          \
        if (may_block(command))                                                \
            BLOCK(RECORD_IO, "fcntl", int, REAL(name)(fd, command, argument)); \
        result = REAL(name)(fd, command, argument);                            \
        if (is_dup(command))                                                   \
            descriptor_forget(result);                                         \
        return result;                                                         \
    } while (0)

EXPORT int fcntl(int fd, int command, ...)
{
    FCNTL(fcntl);
}

EXPORT int fcntl64(int fd, int command, ...)
{
    FCNTL(fcntl64);
}

EXPORT int flock(int fd, int operation)
{
    if (operation & LOCK_NB)
        return REAL(flock)(fd, operation);
    BLOCK(RECORD_IO, "flock", int, REAL(flock)(fd, operation));
}

EXPORT int lockf(int fd, int command, off_t size)
{
    if (command != F_LOCK)
        return REAL(lockf)(fd, command, size);
    BLOCK(RECORD_IO, "lockf", int, REAL(lockf)(fd, command, size));
}

EXPORT int lockf64(int fd, int command, off64_t size)
{
    if (command != F_LOCK)
        return REAL(lockf64)(fd, command, size);
    BLOCK(RECORD_IO, "lockf", int, REAL(lockf64)(fd, command, size));
}
