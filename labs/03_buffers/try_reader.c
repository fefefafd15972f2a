// try_reader.c - try your reader by hand (given, do not edit)
//
//     cc -D_GNU_SOURCE -Wall -Wextra -g -o try_reader *.c
//     ./try_reader 16 <reader.h
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reader.h"

// How many read calls this process has made; -1 if the kernel does not say.
static long read_calls(void)
{
    FILE *file = fopen("/proc/self/io", "r");
    long calls = -1;

    if (!file)
        return -1;
    if (fscanf(file, "rchar: %*d wchar: %*d syscr: %ld", &calls) != 1)
        calls = -1;
    fclose(file);
    return calls;
}

static int show_lines(struct reader *reader)
{
    const char *line;
    ssize_t size;
    long lines = 0, bytes = 0, before = read_calls();

    while ((size = reader_line(reader, &line)) > 0) {
        printf("%5ld: %5zd bytes: ", ++lines, size);
        fwrite(line, 1, (size_t)size, stdout);
        fflush(stdout);
        bytes += size;
    }
    if (size < 0) {
        fprintf(stderr, "reader_line returned %zd: %s\n", size,
                strerror(errno));
        return 1;
    }
    // One call was for looking the first time.
    printf("%ld lines, %ld bytes, %ld read calls\n", lines, bytes,
           read_calls() - before - 1);
    return 0;
}

int main(int count, char **arguments)
{
    size_t size = count > 1 ? strtoul(arguments[1], NULL, 10) : 4096;
    struct reader reader;

    if (size == 0) {
        fprintf(stderr, "usage: ./try_reader [SIZE-OF-THE-BUFFER] <FILE\n");
        return 2;
    }
    if (reader_init(&reader, STDIN_FILENO, size) != 0) {
        fprintf(stderr, "reader_init returned -1: %s\n", strerror(errno));
        return 1;
    }
    int status = show_lines(&reader);
    reader_free(&reader);
    return status;
}
