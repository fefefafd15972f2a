// refused by: failure_keeps_the_line
// the beginning of a line is thrown away when a read fails
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reader.h"

int reader_init(struct reader *reader, int fd, size_t size)
{
    *reader = (struct reader){.fd = fd, .bytes = malloc(size), .size = size};
    return reader->bytes ? 0 : -1;
}

// How many bytes wait, after a read if there were none. 0: the end, -1: failed.
static ssize_t waiting(struct reader *reader)
{
    ssize_t got;

    if (reader->next < reader->end)
        return (ssize_t)(reader->end - reader->next);
    do
        got = read(reader->fd, reader->bytes, reader->size);
    while (got < 0 && errno == EINTR);
    reader->next = 0;
    reader->end = got > 0 ? (size_t)got : 0;
    return got;
}

int reader_byte(struct reader *reader)
{
    ssize_t waits = waiting(reader);

    if (waits <= 0)
        return waits == 0 ? READER_END : READER_FAILED;
    return (unsigned char)reader->bytes[reader->next++];
}

ssize_t reader_read(struct reader *reader, void *to, size_t count)
{
    ssize_t waits = waiting(reader);

    if (waits <= 0)
        return waits;
    if ((size_t)waits < count)
        count = (size_t)waits;
    memcpy(to, reader->bytes + reader->next, count);
    reader->next += count;
    return (ssize_t)count;
}

// Room for so many bytes more in the line. At least twice as much each time:
// growing by a fixed step would copy a long line over and over. Returns false,
// and keeps what there is, without memory.
static bool make_room(struct reader *reader, size_t more)
{
    size_t room = reader->line_room;

    if (reader->line_size + more <= room)
        return true;
    room = 2 * room + more;
    char *line = realloc(reader->line, room);
    if (!line)
        return false;
    reader->line = line;
    reader->line_room = room;
    return true;
}

// Moves so many bytes from the buffer to the end of the line.
static bool take(struct reader *reader, size_t count)
{
    if (!make_room(reader, count))
        return false;
    memcpy(reader->line + reader->line_size, reader->bytes + reader->next,
           count);
    reader->line_size += count;
    reader->next += count;
    return true;
}

ssize_t reader_line(struct reader *reader, const char **line)
{
    const char *newline = NULL;

    reader->line_size = 0;
    while (!newline) {
        ssize_t waits = waiting(reader);
        if (waits < 0)
            return -1;
        if (waits == 0)
            break;
        const char *from = reader->bytes + reader->next;
        newline = memchr(from, '\n', (size_t)waits);
        if (!take(reader,
                  newline ? (size_t)(newline + 1 - from) : (size_t)waits))
            return -1;
    }
    size_t size = reader->line_size;
    *line = reader->line;
    reader->line_size = 0; // the bytes stay; the next line overwrites them
    return (ssize_t)size;
}

void reader_free(struct reader *reader)
{
    free(reader->bytes);
    free(reader->line);
    *reader = (struct reader){.fd = -1};
}
