// input.c - standard input: it is at its end, from the beginning
#include <errno.h>
#include <stdio.h>
#include <sys/types.h>

#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/output.h"
#include "tools/explorer/engine/touch.h"

// Nothing comes from there, and that is a bound.
static void ask(FILE *stream, const void *pc)
{
    if (output_descriptor(stream, pc) == 0)
        bound_met(BOUND_INPUT, pc);
}

#define NOTHING_FROM(type, name, nothing)                                      \
    type weave_##name(FILE *stream)                                            \
    {                                                                          \
        ask(stream, CALLER);                                                   \
        return nothing;                                                        \
    }
#define NOTHING(type, name, nothing)                                           \
    type weave_##name(void)                                                    \
    {                                                                          \
        ask(stdin, CALLER);                                                    \
        return nothing;                                                        \
    }
NOTHING_FROM(int, getc, EOF)
NOTHING_FROM(int, fgetc, EOF)
NOTHING_FROM(int, _IO_getc, EOF)
NOTHING_FROM(int, getc_unlocked, EOF)
NOTHING_FROM(int, fgetc_unlocked, EOF)
NOTHING(int, getchar, EOF)
NOTHING(int, getchar_unlocked, EOF)

int weave_ungetc(int byte, FILE *stream)
{
    (void)byte;
    ask(stream, CALLER);
    return EOF;
}

int weave_feof(FILE *stream)
{
    return output_descriptor(stream, CALLER) == 0;
}

char *weave_fgets(char *line, int size, FILE *stream)
{
    (void)line, (void)size;
    ask(stream, CALLER);
    return NULL;
}

char *weave___fgets_chk(char *line, size_t known, int size, FILE *stream)
{
    (void)line, (void)known, (void)size;
    ask(stream, CALLER);
    return NULL;
}

char *weave_gets(char *line)
{
    (void)line;
    ask(stdin, CALLER);
    return NULL;
}

size_t weave_fread(void *to, size_t size, size_t count, FILE *stream)
{
    (void)to, (void)size, (void)count;
    ask(stream, CALLER);
    return 0;
}

static ssize_t no_line(FILE *stream, const void *pc)
{
    ask(stream, pc);
    return -1;
}

ssize_t weave_getline(char **line, size_t *size, FILE *stream)
{
    (void)line, (void)size;
    return no_line(stream, CALLER);
}

ssize_t weave___getdelim(char **line, size_t *size, int mark, FILE *stream)
{
    (void)line, (void)size, (void)mark;
    return no_line(stream, CALLER);
}

ssize_t weave_getdelim(char **line, size_t *size, int mark, FILE *stream)
{
    (void)line, (void)size, (void)mark;
    return no_line(stream, CALLER);
}

ssize_t weave_read(int descriptor, void *to, size_t size)
{
    (void)to, (void)size;
    if (descriptor == 0) {
        ask(stdin, CALLER);
        return 0;
    }
    TASK->errno_value = EBADF;
    return -1;
}

int weave_close(int descriptor)
{
    if (descriptor >= 0 && descriptor <= 2)
        return 0;
    TASK->errno_value = EBADF;
    return -1;
}
