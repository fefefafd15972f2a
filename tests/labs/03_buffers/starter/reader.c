// reader.c - bytes and lines of a descriptor, in few calls
//
// This is the file you write. What each function promises stands in reader.h;
// the text of the lab is lab.es.md (lab.en.md).
//
//     ./telar check 03       your points, and what is missing
//     ./telar hint 03        one more hint
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "reader.h"

int reader_init(struct reader *reader, int fd, size_t size)
{
    (void)reader;
    (void)fd;
    (void)size;

    // Remember fd and size, and reserve the buffer. Nothing waits in it yet.

    errno = ENOSYS; // "function not implemented": take this out
    return -1;
}

int reader_byte(struct reader *reader)
{
    (void)reader;

    // 1. Does nothing wait in the buffer? Then one read, into the buffer.
    // 2. What did read say: bytes, the end, or that it failed?
    // 3. Hand over the next one.

    errno = ENOSYS;
    return READER_FAILED;
}

ssize_t reader_line(struct reader *reader, const char **line)
{
    (void)reader;
    (void)line;

    // Bytes, one after the other, into reader->line, which grows, until '\n'
    // or the end.

    errno = ENOSYS;
    return -1;
}

ssize_t reader_read(struct reader *reader, void *to, size_t count)
{
    (void)reader;
    (void)to;
    (void)count;

    // What waits in the buffer, at most count bytes of it.

    errno = ENOSYS;
    return -1;
}

void reader_free(struct reader *reader)
{
    (void)reader;
}
