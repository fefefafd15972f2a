// refused by: lines_have_any_length
// a line has room for 4096 bytes, what is longer is cut in pieces
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reader.h"

int reader_init(struct reader *reader, int fd, size_t size)
{
    memset(reader, 0, sizeof *reader);
    reader->fd = fd;
    reader->size = size;
    reader->bytes = malloc(size);
    return reader->bytes == NULL ? -1 : 0;
}

int reader_byte(struct reader *reader)
{
    if (reader->next == reader->end) {
        ssize_t got = read(reader->fd, reader->bytes, reader->size);
        if (got == 0)
            return READER_END;
        if (got < 0)
            return READER_FAILED;
        reader->next = 0;
        reader->end = (size_t)got;
    }
    return (unsigned char)reader->bytes[reader->next++];
}

ssize_t reader_line(struct reader *reader, const char **line)
{
    size_t size = 0;
    int byte = 0;

    while (byte != '\n' && size < 4096 && (byte = reader_byte(reader)) >= 0) {
        if (!reader->line)
            reader->line = malloc(4096);
        reader->line[size++] = (char)byte;
    }
    *line = reader->line;
    return (ssize_t)size;
}

ssize_t reader_read(struct reader *reader, void *to, size_t count)
{
    int byte = reader_byte(reader);
    size_t waits = reader->end - reader->next;

    if (byte == READER_END)
        return 0;
    if (byte == READER_FAILED)
        return -1;
    if (waits > count - 1)
        waits = count - 1;
    *(char *)to = (char)byte;
    memcpy((char *)to + 1, reader->bytes + reader->next, waits);
    reader->next += waits;
    return (ssize_t)waits + 1;
}

void reader_free(struct reader *reader)
{
    free(reader->bytes);
    free(reader->line);
}
