// refused by: read_calls_are_few
// every byte is a system call of its own
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
    unsigned char byte;
    ssize_t got = read(reader->fd, &byte, 1);

    if (got == 0)
        return READER_END;
    return got < 0 ? READER_FAILED : byte;
}

ssize_t reader_line(struct reader *reader, const char **line)
{
    size_t size = 0;
    int byte = 0;

    while (byte != '\n' && (byte = reader_byte(reader)) >= 0) {
        if (size == reader->line_room) {
            reader->line_room = 2 * reader->line_room + 80;
            reader->line = realloc(reader->line, reader->line_room);
        }
        reader->line[size++] = (char)byte;
    }
    *line = reader->line;
    return (ssize_t)size;
}

ssize_t reader_read(struct reader *reader, void *to, size_t count)
{
    return read(reader->fd, to, count);
}

void reader_free(struct reader *reader)
{
    free(reader->bytes);
    free(reader->line);
}
