// try_capture.c - try your capture by hand (given, do not edit)
//
//     cc -D_GNU_SOURCE -Wall -Wextra -g -o try_capture *.c
//     ./try_capture ls . /nowhere
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture.h"

static void show(const char *name, const char *bytes, size_t size)
{
    printf("%s: %zu bytes\n", name, size);
    if (size > 0 && size <= 2000)
        fwrite(bytes, 1, size, stdout);
}

int main(int count, char **arguments)
{
    struct captured result = {0};

    if (count < 2) {
        fprintf(stderr, "usage: ./try_capture PROGRAM [ARGUMENT...]\n");
        return 2;
    }
    if (capture(arguments + 1, &result) != 0) {
        fprintf(stderr, "capture returned -1: %s\n", strerror(errno));
        return 1;
    }
    show("stdout", result.out, result.out_size);
    show("stderr", result.err, result.err_size);
    printf("status %d, signal %d\n", result.status, result.signal);
    free(result.out);
    free(result.err);
    return 0;
}
