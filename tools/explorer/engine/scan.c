// scan.c - the scanf family
//
// The C library scans one conversion at a time, into memory of our own; what it
// found is then written to the program's.
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/format.h"
#include "tools/explorer/engine/output.h"
#include "tools/explorer/engine/touch.h"

struct scan {
    const char *input; // what is left of it
    size_t consumed;
    int assigned;
    struct arguments *arguments;
    const void *pc;
};

// One conversion: from its percent sign to behind its letter.
struct directive {
    char text[128]; // with %n behind it, to know how much it took
    bool is_silent; // %*d
    char size;      // 'H' hh, 'h', 'l', 'L', or 0
    char letter;
    size_t width; // 0: none
};

static const char *skip_set(const char *at)
{
    at += *at == '^';
    at += *at == ']';
    while (*at && *at != ']')
        at++;
    return at;
}

static const char *read_size(struct directive *directive, const char *at)
{
    directive->size = 0;
    for (; *at && strchr("hlqjztLm", *at); at++)
        if (*at == 'h')
            directive->size = directive->size == 'h' ? 'H' : 'h';
        else
            directive->size = *at == 'L' ? 'L' : *at == 'm' ? 'm' : 'l';
    return at;
}

static const char *read_directive(struct directive *directive,
                                  const char *format)
{
    const char *at = format + 1;
    char *end;
    size_t size;

    directive->is_silent = *at == '*';
    at += directive->is_silent;
    directive->width = strtoul(at, &end, 10);
    at = read_size(directive, end);
    directive->letter = *at;
    if (*at == '[')
        at = skip_set(at + 1);
    at += *at != '\0';
    size = (size_t)(at - format);
    if (size > sizeof directive->text - 3)
        size = sizeof directive->text - 3;
    memcpy(directive->text, format, size);
    strcpy(directive->text + size, "%n");
    return at;
}

static bool is_text(const struct directive *directive)
{
    return directive->letter && strchr("sc[", directive->letter);
}

static size_t size_of(const struct directive *directive, const char *found)
{
    if (directive->letter == 'c')
        return directive->width ? directive->width : 1;
    if (is_text(directive))
        return strlen(found) + 1;
    if (strchr("fFeEgGaA", directive->letter))
        return directive->size == 'L'   ? sizeof(long double)
               : directive->size == 'l' ? sizeof(double)
                                        : sizeof(float);
    switch (directive->size) {
    case 'H':
        return 1;
    case 'h':
        return sizeof(short);
    case 'l':
    case 'L':
        return sizeof(long);
    default:
        return directive->letter == 'p' ? sizeof(void *) : sizeof(int);
    }
}

static void assign(struct scan *scan, const struct directive *directive,
                   const char *found)
{
    void *to = va_arg(scan->arguments->list, void *);
    size_t size = size_of(directive, found);

    touch_write(to, size, scan->pc);
    memcpy(to, found, size);
    scan->assigned += directive->letter != 'n';
}

static void advance(struct scan *scan, size_t size)
{
    scan->input += size;
    scan->consumed += size;
}

// %n: how much of the input was taken.
static void assign_consumed(struct scan *scan,
                            const struct directive *directive)
{
    size_t consumed = scan->consumed;

    if (!directive->is_silent)
        assign(scan, directive, (const char *)&consumed);
}

static int convert(struct scan *scan, const struct directive *directive,
                   char *found)
{
    int taken = -1;

    if (directive->is_silent || directive->letter == '%')
        sscanf(scan->input, directive->text, &taken);
    else
        sscanf(scan->input, directive->text, found, &taken);
    return taken;
}

// Returns false where the scan ends.
static bool do_directive(struct scan *scan, const struct directive *directive)
{
    char *found;
    int taken;

    if (directive->letter == 'n') {
        assign_consumed(scan, directive);
        return true;
    }
    if (directive->size == 'm')
        engine_refuse("scanf: %%m");
    found = scratch_take(strlen(scan->input) + 32);
    memset(found, 0, 32);
    taken = convert(scan, directive, found);
    if (taken >= 0) {
        if (!directive->is_silent && directive->letter != '%')
            assign(scan, directive, found);
        advance(scan, (size_t)taken);
    }
    scratch_release(found);
    return taken >= 0;
}

static bool is_space(char byte)
{
    return byte && strchr(" \t\n\v\f\r", byte);
}

static bool do_literal(struct scan *scan, char byte)
{
    if (is_space(byte)) {
        advance(scan, strspn(scan->input, " \t\n\v\f\r"));
        return true;
    }
    if (*scan->input != byte)
        return false;
    advance(scan, 1);
    return true;
}

static int result_of(const struct scan *scan)
{
    return scan->assigned == 0 &&
                   !scan->input[strspn(scan->input, " \t\n\v\f\r")]
               ? EOF
               : scan->assigned;
}

static int scan_text(const char *input, const char *format,
                     struct arguments *arguments, const void *pc)
{
    size_t length = touch_string(input, pc);
    char *held = scratch_take(length + 1);
    struct scan scan = {.input = held, .arguments = arguments, .pc = pc};
    struct directive directive;
    bool goes_on = true;

    memcpy(held, input, length);
    held[length] = '\0';
    touch_string(format, pc);
    while (goes_on && *format)
        if (*format == '%') {
            format = read_directive(&directive, format);
            goes_on = do_directive(&scan, &directive);
        } else {
            goes_on = do_literal(&scan, *format++);
        }
    scratch_release(held);
    return goes_on ? scan.assigned : result_of(&scan);
}

static int scan_stream(FILE *stream, const void *pc)
{
    if (output_descriptor(stream, pc) == 0)
        bound_met(BOUND_INPUT, pc);
    return EOF;
}

#define SCAN_TEXT(name, listed)                                                \
    int weave_##name(const char *input, const char *format, ...)               \
    {                                                                          \
        struct arguments arguments;                                            \
        const void *pc = CALLER;                                               \
        int count;                                                             \
                                                                               \
        va_start(arguments.list, format);                                      \
        count = scan_text(input, format, &arguments, pc);                      \
        va_end(arguments.list);                                                \
        return count;                                                          \
    }                                                                          \
    int weave_##listed(const char *input, const char *format, va_list list)    \
    {                                                                          \
        struct arguments arguments;                                            \
        const void *pc = CALLER;                                               \
        int count;                                                             \
                                                                               \
        va_copy(arguments.list, list);                                         \
        count = scan_text(input, format, &arguments, pc);                      \
        va_end(arguments.list);                                                \
        return count;                                                          \
    }
#define SCAN_STREAM(name)                                                      \
    int weave_##name(FILE *stream, const char *format, ...)                    \
    {                                                                          \
        (void)format;                                                          \
        return scan_stream(stream, CALLER);                                    \
    }
#define SCAN_STDIN(name)                                                       \
    int weave_##name(const char *format, ...)                                  \
    {                                                                          \
        (void)format;                                                          \
        return scan_stream(stdin, CALLER);                                     \
    }
SCAN_TEXT(sscanf, vsscanf)
SCAN_TEXT(__isoc99_sscanf, __isoc99_vsscanf)
SCAN_TEXT(__isoc23_sscanf, __isoc23_vsscanf)
SCAN_STREAM(fscanf)
SCAN_STREAM(__isoc99_fscanf)
SCAN_STREAM(__isoc23_fscanf)
SCAN_STREAM(vfscanf)
SCAN_STREAM(__isoc99_vfscanf)
SCAN_STDIN(scanf)
SCAN_STDIN(__isoc99_scanf)
SCAN_STDIN(__isoc23_scanf)
SCAN_STDIN(vscanf)
SCAN_STDIN(__isoc99_vscanf)
