// must.c - a call that cannot fail in a correct program
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/must.h"

static int returns_error_number(const char *call)
{
    return strncmp(call, "pthread_", 8) == 0 || strncmp(call, "posix_", 6) == 0;
}

intptr_t must(intptr_t value, int is_pointer, const char *call,
              const char *file, int line)
{
    int reason = errno;
    int by_number = !is_pointer && returns_error_number(call);

    if (by_number && value == 0)
        return value;
    if (!by_number && value != -1 && !(is_pointer && value == 0))
        return value;
    fprintf(stderr, "%s:%d: %s: %s\n", file, line, call,
            strerror(by_number ? (int)value : reason));
    exit(2);
}
