// assembly.c - assembly within a C program
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/course/keep.h"
#include "tools/explorer/assembly.h"

enum { TEXT_LIMIT_BYTES = 256 << 20 };

bool assembly_is_in(const char *source)
{
    char *text = keep_read(source, TEXT_LIMIT_BYTES, NULL);
    bool is_in = text && strstr(text, "asm");

    free(text);
    return is_in;
}

// An operand in memory has its address in ( ) or, elsewhere, in [ ].
static bool touches_memory(const char *line)
{
    size_t size = strcspn(line, "#");

    return memchr(line, '(', size) || memchr(line, '[', size);
}

// gcc and clang mark where assembly of the program begins and ends; gcc says
// before each piece, behind a #, which line it stands in.
static int first_access(char *text)
{
    bool is_inside = false;
    int place = 0;

    for (char *line; (line = strsep(&text, "\n"));) {
        if (strstr(line, "#NO_APP"))
            is_inside = false;
        else if (strstr(line, "#APP"))
            is_inside = true;
        else if (is_inside && line[strspn(line, " \t")] == '#')
            sscanf(line, " # %d", &place);
        else if (is_inside && touches_memory(line))
            return place > 0 ? place : 1;
        if (!is_inside)
            sscanf(line, " .loc %*d %d", &place);
    }
    return 0;
}

int assembly_access(const char *path)
{
    char *text = keep_read(path, TEXT_LIMIT_BYTES, NULL);
    int place = text ? first_access(text) : 0;

    free(text);
    return place;
}
