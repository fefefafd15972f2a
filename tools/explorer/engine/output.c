// output.c - what the program prints with calls that format nothing
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>

#include "runtime/message.h"
#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/format.h"
#include "tools/explorer/engine/output.h"
#include "tools/explorer/engine/report.h"
#include "tools/explorer/engine/touch.h"

enum { OUTPUT_LIMIT = 1 << 20 }; // bytes in an execution

void output_write(int descriptor, const char *bytes, size_t size,
                  const void *pc)
{
    static size_t written;
    static uint32_t execution;

    if (execution != execution_now)
        written = 0;
    execution = execution_now;
    if (size > OUTPUT_LIMIT - written) {
        size = OUTPUT_LIMIT - written;
        bound_met(BOUND_OUTPUT, pc);
    }
    written += size;
    if (size)
        report_output(descriptor, bytes, size);
}

int output_descriptor(FILE *stream, const void *pc)
{
    if (stream == stdout)
        return 1;
    if (stream == stderr)
        return 2;
    if (stream != stdin)
        engine_misuse(CRASH, pc,
                      stream ? M("this is no open stream (FILE *)",
                                 "esto no es un flujo abierto (FILE *)")
                             : M("a null pointer given as a stream (FILE *)",
                                 "un puntero nulo como flujo (FILE *)"));
    return 0;
}

static int refuse(void)
{
    TASK->errno_value = EBADF;
    return EOF;
}

// What the program has in its memory is copied first: to tell it may take long.
static int put(int descriptor, const char *bytes, size_t size, const void *pc)
{
    if (descriptor != 1 && descriptor != 2)
        return refuse();
    touch_read(bytes, size, pc);
    output_write(descriptor, bytes, size, pc);
    return 0;
}

static int put_byte(int byte, FILE *stream, const void *pc)
{
    char text = (char)byte;
    int descriptor = output_descriptor(stream, pc);

    if (descriptor == 0)
        return refuse();
    output_write(descriptor, &text, 1, pc);
    return (unsigned char)byte;
}

static int put_string(const char *string, FILE *stream, const void *pc)
{
    int descriptor = output_descriptor(stream, pc);
    size_t length = touch_string(string, pc);

    if (descriptor == 0)
        return refuse();
    output_write(descriptor, string, length, pc);
    return 1;
}

#define PUT_BYTE(name)                                                         \
    int weave_##name(int byte, FILE *stream)                                   \
    {                                                                          \
        return put_byte(byte, stream, CALLER);                                 \
    }
#define PUT_BYTE_TO_STDOUT(name)                                               \
    int weave_##name(int byte)                                                 \
    {                                                                          \
        return put_byte(byte, stdout, CALLER);                                 \
    }
#define PUT_STRING(name)                                                       \
    int weave_##name(const char *string, FILE *stream)                         \
    {                                                                          \
        return put_string(string, stream, CALLER);                             \
    }
#define PUT_BLOCK(name)                                                        \
    size_t weave_##name(const void *bytes, size_t size, size_t count,          \
                        FILE *stream)                                          \
    {                                                                          \
        int descriptor = output_descriptor(stream, CALLER);                    \
                                                                               \
        return put(descriptor, bytes, size * count, CALLER) ? 0 : count;       \
    }

PUT_BYTE(putc)
PUT_BYTE(fputc)
PUT_BYTE(_IO_putc)
PUT_BYTE(putc_unlocked)
PUT_BYTE(fputc_unlocked)
PUT_BYTE_TO_STDOUT(putchar)
PUT_BYTE_TO_STDOUT(putchar_unlocked)
PUT_STRING(fputs)
PUT_STRING(fputs_unlocked)
PUT_BLOCK(fwrite)
PUT_BLOCK(fwrite_unlocked)

int weave_puts(const char *string)
{
    put_string(string, stdout, CALLER);
    return put_byte('\n', stdout, CALLER);
}

ssize_t weave_write(int descriptor, const void *bytes, size_t size)
{
    return put(descriptor, bytes, size, CALLER) ? -1 : (ssize_t)size;
}

ssize_t weave_writev(int descriptor, const struct iovec *parts, int count)
{
    ssize_t size = 0;

    touch_read(parts, (size_t)count * sizeof *parts, CALLER);
    for (int i = 0; i < count; i++) {
        if (put(descriptor, parts[i].iov_base, parts[i].iov_len, CALLER))
            return -1;
        size += (ssize_t)parts[i].iov_len;
    }
    return size;
}

static void complain(const char *before, const char *reason, const void *pc)
{
    struct text text;

    text_begin(&text, TEXT_LIMIT);
    if (before && *before) {
        text_put(&text, before, touch_string(before, pc));
        text_put(&text, ": ", 2);
    }
    text_put(&text, reason, strlen(reason));
    text_put(&text, "\n", 1);
    output_write(2, text.bytes, text_kept(&text), pc);
    text_end(&text);
}

void weave_perror(const char *before)
{
    complain(before, strerror(TASK->errno_value), CALLER);
}

void weave_psignal(int signal, const char *before)
{
    complain(before, strsignal(signal), CALLER);
}

// ---- Nothing is held back, and all threads share it -------------------------

int weave_fflush(FILE *stream)
{
    if (stream)
        output_descriptor(stream, CALLER);
    return 0;
}

int weave_fflush_unlocked(FILE *stream)
{
    if (stream)
        output_descriptor(stream, CALLER);
    return 0;
}

int weave_setvbuf(FILE *stream, char *buffer, int mode, size_t size)
{
    (void)buffer, (void)mode, (void)size;
    output_descriptor(stream, CALLER);
    return 0;
}

void weave_setbuf(FILE *stream, char *buffer)
{
    (void)buffer;
    output_descriptor(stream, CALLER);
}

void weave_setlinebuf(FILE *stream)
{
    output_descriptor(stream, CALLER);
}

void weave_flockfile(FILE *stream)
{
    output_descriptor(stream, CALLER);
}

void weave_funlockfile(FILE *stream)
{
    output_descriptor(stream, CALLER);
}

int weave_ftrylockfile(FILE *stream)
{
    output_descriptor(stream, CALLER);
    return 0;
}

int weave_fileno(FILE *stream)
{
    return output_descriptor(stream, CALLER);
}

int weave_ferror(FILE *stream)
{
    output_descriptor(stream, CALLER);
    return 0;
}

void weave_clearerr(FILE *stream)
{
    output_descriptor(stream, CALLER);
}

int weave_fclose(FILE *stream)
{
    output_descriptor(stream, CALLER);
    return 0;
}

int weave_isatty(int descriptor)
{
    TASK->errno_value = descriptor < 0 || descriptor > 2 ? EBADF : ENOTTY;
    return 0;
}
