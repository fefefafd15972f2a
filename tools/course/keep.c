// keep.c - files that are there whole or not at all
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/must.h"
#include "tools/course/keep.h"

static void close_keeping_errno(int fd)
{
    int saved = errno;

    close(fd);
    errno = saved;
}

// How much of up to size bytes could be read; fewer at the end of the file or
// on an error, which *failed tells apart.
static size_t read_all(int fd, char *bytes, size_t size, bool *failed)
{
    size_t have = 0;

    while (have < size) {
        ssize_t got = read(fd, bytes + have, size - have);

        if (got < 0 && errno == EINTR)
            continue;
        *failed = got < 0;
        if (got <= 0)
            break;
        have += (size_t)got;
    }
    return have;
}

static char *read_regular(int fd, size_t limit_bytes, size_t *size)
{
    struct stat info;
    bool failed = false;
    char *bytes;

    if (fstat(fd, &info) < 0)
        return NULL;
    if (!S_ISREG(info.st_mode) || (size_t)info.st_size > limit_bytes) {
        errno = S_ISREG(info.st_mode) ? EFBIG : EINVAL;
        return NULL;
    }
    bytes = MUST(malloc((size_t)info.st_size + 1));
    *size = read_all(fd, bytes, (size_t)info.st_size, &failed);
    bytes[*size] = '\0';
    if (!failed)
        return bytes;
    free(bytes);
    return NULL;
}

char *keep_read(const char *path, size_t limit_bytes, size_t *size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    size_t ignored;
    char *bytes;

    if (fd < 0)
        return NULL;
    bytes = read_regular(fd, limit_bytes, size ? size : &ignored);
    close_keeping_errno(fd);
    return bytes;
}

// A system that is only read says so of folders that are there as well.
static bool make_one(const char *path)
{
    int reason;

    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return true;
    reason = errno;
    if (reason == EROFS && access(path, F_OK) == 0)
        return true;
    errno = reason;
    return false;
}

bool keep_folder(const char *folder)
{
    char *path = MUST(strdup(folder));
    bool made = true;

    for (char *slash = path + 1; made && *slash; slash++) {
        if (*slash != '/')
            continue;
        *slash = '\0';
        made = make_one(path);
        *slash = '/';
    }
    made = made && make_one(path);
    free(path);
    return made;
}

static bool folder_above(const char *path)
{
    char *folder = MUST(strdup(path));
    char *slash = strrchr(folder, '/');
    bool made = true;

    if (slash && slash != folder) {
        *slash = '\0';
        made = keep_folder(folder);
    }
    free(folder);
    return made;
}

static bool write_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t put = write(fd, bytes, size);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes += put;
        size -= (size_t)put;
    }
    return true;
}

static bool write_new(const char *path, const void *bytes, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool written;

    if (fd < 0)
        return false;
    written = write_all(fd, bytes, size) && fsync(fd) == 0;
    close_keeping_errno(fd);
    return written;
}

bool keep_write(const char *path, const void *bytes, size_t size)
{
    char *beside;
    bool kept;
    int reason;

    if (!folder_above(path))
        return false;
    MUST(asprintf(&beside, "%s.new-%d", path, (int)getpid()));
    kept = write_new(beside, bytes, size) && rename(beside, path) == 0;
    reason = errno;
    if (!kept)
        unlink(beside);
    free(beside);
    errno = reason;
    return kept;
}
