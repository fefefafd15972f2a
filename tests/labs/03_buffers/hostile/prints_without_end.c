// prints_without_end.c - floods its standard output
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "reader.h"

static void flood(void)
{
    for (;;)
        puts("ok 1 - bytes_come_in_order");
}

int reader_init(struct reader *reader, int fd, size_t size)
{
    (void)reader;
    (void)fd;
    (void)size;
    return 0;
}

int reader_byte(struct reader *reader)
{
    (void)reader;
    flood();
    return READER_END;
}

ssize_t reader_line(struct reader *reader, const char **line)
{
    (void)reader;
    (void)line;
    flood();
    return 0;
}

ssize_t reader_read(struct reader *reader, void *to, size_t count)
{
    (void)reader;
    (void)to;
    (void)count;
    flood();
    return 0;
}

void reader_free(struct reader *reader)
{
    (void)reader;
}
