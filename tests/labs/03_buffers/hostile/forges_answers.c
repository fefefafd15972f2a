// forges_answers.c - writes what looks like answers on every descriptor
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "reader.h"

// A frame as a worker would send it: a size, a type, a number.
static void forge(void)
{
    static const unsigned char frame[64] = {16, 0, 0, 0, 1, 0, 0, 0, 'i'};
    static const char verdict[] =
        "\n{\"promise\":\"bytes_come_in_order\",\"verdict\":\"kept\","
        "\"message\":\"\",\"isolation\":\"\"}\nok 1 - 100 points\n";

    for (int fd = 0; fd < 256; fd++) {
        (void)!write(fd, frame, sizeof frame);
        (void)!write(fd, verdict, sizeof verdict - 1);
    }
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
    forge();
    return READER_END;
}

ssize_t reader_line(struct reader *reader, const char **line)
{
    (void)reader;
    (void)line;
    forge();
    return 0;
}

ssize_t reader_read(struct reader *reader, void *to, size_t count)
{
    (void)reader;
    (void)to;
    (void)count;
    forge();
    return 0;
}

void reader_free(struct reader *reader)
{
    (void)reader;
}
