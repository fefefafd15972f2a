// io.c - read and write, in all their forms
#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/transfer.h"

static size_t sum_of(const struct iovec *parts, int count)
{
    size_t sum = 0;

    for (int i = 0; parts && i < count && i < 1024; i++)
        sum += parts[i].iov_len;
    return sum;
}

EXPORT ssize_t read(int fd, void *bytes, size_t size)
{
    TRANSFER(TRANSFER_IN, fd, size, REAL(read)(fd, bytes, size));
}

EXPORT ssize_t __read_chk(int fd, void *bytes, size_t size, size_t room)
{
    TRANSFER(TRANSFER_IN, fd, size, REAL(__read_chk)(fd, bytes, size, room));
}

EXPORT ssize_t write(int fd, const void *bytes, size_t size)
{
    TRANSFER(TRANSFER_OUT, fd, size, REAL(write)(fd, bytes, size));
}

EXPORT ssize_t pread(int fd, void *bytes, size_t size, off_t at)
{
    TRANSFER(TRANSFER_IN, fd, size, REAL(pread)(fd, bytes, size, at));
}

EXPORT ssize_t pread64(int fd, void *bytes, size_t size, off64_t at)
{
    TRANSFER(TRANSFER_IN, fd, size, REAL(pread64)(fd, bytes, size, at));
}

EXPORT ssize_t __pread_chk(int fd, void *bytes, size_t size, off_t at,
                           size_t room)
{
    TRANSFER(TRANSFER_IN, fd, size,
             REAL(__pread_chk)(fd, bytes, size, at, room));
}

EXPORT ssize_t __pread64_chk(int fd, void *bytes, size_t size, off64_t at,
                             size_t room)
{
    TRANSFER(TRANSFER_IN, fd, size,
             REAL(__pread64_chk)(fd, bytes, size, at, room));
}

EXPORT ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at)
{
    TRANSFER(TRANSFER_OUT, fd, size, REAL(pwrite)(fd, bytes, size, at));
}

EXPORT ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at)
{
    TRANSFER(TRANSFER_OUT, fd, size, REAL(pwrite64)(fd, bytes, size, at));
}

// ---- Several parts at once --------------------------------------------------

EXPORT ssize_t readv(int fd, const struct iovec *parts, int count)
{
    TRANSFER(TRANSFER_IN, fd, sum_of(parts, count),
             REAL(readv)(fd, parts, count));
}

EXPORT ssize_t writev(int fd, const struct iovec *parts, int count)
{
    TRANSFER(TRANSFER_OUT, fd, sum_of(parts, count),
             REAL(writev)(fd, parts, count));
}

EXPORT ssize_t preadv(int fd, const struct iovec *parts, int count, off_t at)
{
    TRANSFER(TRANSFER_IN, fd, sum_of(parts, count),
             REAL(preadv)(fd, parts, count, at));
}

EXPORT ssize_t preadv64(int fd, const struct iovec *parts, int count,
                        off64_t at)
{
    TRANSFER(TRANSFER_IN, fd, sum_of(parts, count),
             REAL(preadv64)(fd, parts, count, at));
}

EXPORT ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at)
{
    TRANSFER(TRANSFER_OUT, fd, sum_of(parts, count),
             REAL(pwritev)(fd, parts, count, at));
}

EXPORT ssize_t pwritev64(int fd, const struct iovec *parts, int count,
                         off64_t at)
{
    TRANSFER(TRANSFER_OUT, fd, sum_of(parts, count),
             REAL(pwritev64)(fd, parts, count, at));
}

// ---- From one descriptor to another -----------------------------------------

EXPORT ssize_t sendfile(int to, int from, off_t *at, size_t size)
{
    TRANSFER(TRANSFER_OUT, to, size, REAL(sendfile)(to, from, at, size));
}

EXPORT ssize_t sendfile64(int to, int from, off64_t *at, size_t size)
{
    TRANSFER(TRANSFER_OUT, to, size, REAL(sendfile64)(to, from, at, size));
}

EXPORT ssize_t copy_file_range(int from, off64_t *from_at, int to,
                               off64_t *to_at, size_t size, unsigned flags)
{
    TRANSFER(TRANSFER_OUT, to, size,
             REAL(copy_file_range)(from, from_at, to, to_at, size, flags));
}

EXPORT ssize_t vmsplice(int fd, const struct iovec *parts, size_t count,
                        unsigned flags)
{
    TRANSFER(TRANSFER_OUT, fd, sum_of(parts, (int)count),
             REAL(vmsplice)(fd, parts, count, flags));
}

EXPORT ssize_t tee(int from, int to, size_t size, unsigned flags)
{
    TRANSFER(TRANSFER_OUT, to, size, REAL(tee)(from, to, size, flags));
}

// The caller waits for one of them; what the other end did is said after it.
EXPORT ssize_t splice(int from, off64_t *from_at, int to, off64_t *to_at,
                      size_t size, unsigned flags)
{
    struct transfer in, out;
    ssize_t result;

    if (!inside_records(RECORD_IO))
        return REAL(splice)(from, from_at, to, to_at, size, flags);
    transfer_begin(&in, from, TRANSFER_IN, size);
    result = REAL(splice)(from, from_at, to, to_at, size, flags);
    transfer_end(&in, result);
    if (in.task && result > 0) {
        transfer_begin(&out, to, TRANSFER_OUT, (size_t)result);
        transfer_end(&out, result);
    }
    return result;
}

// ---- To the disk ------------------------------------------------------------

EXPORT int fsync(int fd)
{
    TRANSFER(TRANSFER_NEITHER, fd, 0, REAL(fsync)(fd));
}

EXPORT int fdatasync(int fd)
{
    TRANSFER(TRANSFER_NEITHER, fd, 0, REAL(fdatasync)(fd));
}
