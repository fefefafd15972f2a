// input.c - standard input, line by line (given, do not edit)
//
// With read and not with FILE: when the child of announce ends, exit would also
// tidy up its copy of stdin, and move the input under our feet.
#include <stdbool.h>
#include <unistd.h>

#include "tally.h"

static bool next_byte(char *byte)
{
    static char bytes[4096];
    static ssize_t size, at;

    if (at == size) {
        size = read(STDIN_FILENO, bytes, sizeof bytes);
        at = 0;
    }
    if (size <= 0)
        return false;
    *byte = bytes[at++];
    return true;
}

// Of a line that is too long, the beginning.
bool next_line(char line[LINE_SIZE])
{
    int length = 0;
    bool any = false;
    char byte;

    while (next_byte(&byte) && (any = true) && byte != '\n')
        if (length < LINE_SIZE - 1)
            line[length++] = byte;
    line[length] = '\0';
    return any;
}
