// format.c - text made of a format and its arguments, as printf does
//
// Each conversion is found here, what it reads or writes is checked, and then
// the C library does that one.
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "runtime/message.h"
#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/format.h"
#include "tools/explorer/engine/touch.h"

// ---- Texts ------------------------------------------------------------------

void text_begin(struct text *text, size_t room)
{
    text->room = room < TEXT_LIMIT ? room : TEXT_LIMIT;
    text->bytes = scratch_take(text->room + 1);
    text->bytes[0] = '\0';
    text->length = 0;
}

void text_end(struct text *text)
{
    scratch_release(text->bytes);
}

size_t text_kept(const struct text *text)
{
    return text->length < text->room ? text->length : text->room;
}

void text_put(struct text *text, const char *bytes, size_t size)
{
    size_t kept = text_kept(text), room = text->room - kept;

    memcpy(text->bytes + kept, bytes, size < room ? size : room);
    text->length += size;
    text->bytes[text_kept(text)] = '\0';
}

static void text_print(struct text *text, const char *format, ...)
{
    size_t kept = text_kept(text);
    va_list rest;
    int size;

    va_start(rest, format);
    size = vsnprintf(text->bytes + kept, text->room - kept + 1, format, rest);
    va_end(rest);
    if (size > 0)
        text->length += (size_t)size;
}

// What the C library left on the task's stack depends on where it was loaded:
// nobody shall find it there.
__attribute__((noinline)) static void clean_stack(void)
{
    char below[4096];

    memset(below, 0, sizeof below);
    __asm__ volatile("" : : "r"(below) : "memory");
}

// ---- Conversions ------------------------------------------------------------

enum length { INT, CHAR, SHORT, LONG, LONG_LONG, LONG_DOUBLE };

struct conversion {
    char spec[64]; // complete, without stars
    size_t used;
    int precision; // -1: none
    enum length length;
    char letter;
    const void *pc;
};

static void spec_add(struct conversion *conversion, char byte)
{
    if (conversion->used < sizeof conversion->spec - 1)
        conversion->spec[conversion->used++] = byte;
    conversion->spec[conversion->used] = '\0';
}

static void spec_add_number(struct conversion *conversion, long number)
{
    char digits[16];

    if (number > TEXT_LIMIT || number < -TEXT_LIMIT) {
        bound_met(BOUND_OUTPUT, conversion->pc);
        number = TEXT_LIMIT;
    }
    snprintf(digits, sizeof digits, "%ld", number);
    for (const char *digit = digits; *digit; digit++)
        spec_add(conversion, *digit);
}

// A number in the format, or its star; -1 when there is neither.
static long read_number(const char **at, struct arguments *arguments)
{
    char *end;
    long number;

    if (**at == '*') {
        ++*at;
        return va_arg(arguments->list, int);
    }
    if (**at < '0' || **at > '9')
        return -1;
    number = strtol(*at, &end, 10);
    *at = end;
    if (**at == '$')
        engine_refuse(M("printf with numbered arguments (%%1$d)",
                        "printf con argumentos numerados (%%1$d)"));
    return number;
}

static void read_width(struct conversion *conversion, const char **at,
                       struct arguments *arguments)
{
    bool is_given = **at == '*' || (**at >= '1' && **at <= '9');
    long width = read_number(at, arguments);

    if (is_given)
        spec_add_number(conversion, width);
}

static void read_precision(struct conversion *conversion, const char **at,
                           struct arguments *arguments)
{
    long precision;

    conversion->precision = -1;
    if (**at != '.')
        return;
    ++*at;
    precision =
        **at == '-' ? strtol(*at, (char **)at, 10) : read_number(at, arguments);
    if (precision < 0 && (*at)[-1] == '*')
        return; // as if there were none
    if (precision < 0)
        precision = 0;
    conversion->precision = precision > INT_MAX ? INT_MAX : (int)precision;
    spec_add(conversion, '.');
    spec_add_number(conversion, precision);
}

// All that are as wide as a long on the machines that Telar runs on are one.
static void read_length(struct conversion *conversion, const char **at)
{
    static const struct {
        char word[3];
        enum length length;
    } lengths[] = {{"hh", CHAR},      {"h", SHORT},     {"ll", LONG_LONG},
                   {"l", LONG},       {"q", LONG_LONG}, {"j", LONG},
                   {"z", LONG},       {"Z", LONG},      {"t", LONG},
                   {"L", LONG_DOUBLE}};

    conversion->length = INT;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        size_t size = strlen(lengths[i].word);

        if (strncmp(*at, lengths[i].word, size))
            continue;
        for (size_t c = 0; c < size; c++)
            spec_add(conversion, (*at)[c]);
        *at += size;
        conversion->length = lengths[i].length;
        return;
    }
}

// From behind the percent sign to behind the letter.
static void read_conversion(struct conversion *conversion, const char **at,
                            struct arguments *arguments)
{
    conversion->used = 0;
    spec_add(conversion, '%');
    for (; **at && strchr("-+ #0'I", **at); ++*at)
        spec_add(conversion, **at);
    read_width(conversion, at, arguments);
    read_precision(conversion, at, arguments);
    read_length(conversion, at);
    conversion->letter = **at;
    if (**at)
        ++*at;
    spec_add(conversion, conversion->letter);
}

static void put_integer(struct text *text, const struct conversion *conversion,
                        struct arguments *arguments)
{
    if (conversion->length == LONG || conversion->length == LONG_LONG ||
        conversion->length == LONG_DOUBLE)
        text_print(text, conversion->spec, va_arg(arguments->list, long long));
    else
        text_print(text, conversion->spec, va_arg(arguments->list, int));
}

static void put_real(struct text *text, const struct conversion *conversion,
                     struct arguments *arguments)
{
    if (conversion->length == LONG_DOUBLE)
        text_print(text, conversion->spec,
                   va_arg(arguments->list, long double));
    else
        text_print(text, conversion->spec, va_arg(arguments->list, double));
}

static void put_wide(struct text *text, const struct conversion *conversion,
                     const wchar_t *string)
{
    if (string)
        touch_read(string, (wcslen(string) + 1) * sizeof *string,
                   conversion->pc);
    text_print(text, conversion->spec, string);
}

static void put_string(struct text *text, const struct conversion *conversion,
                       struct arguments *arguments)
{
    const char *string = va_arg(arguments->list, const char *);

    if (conversion->length == LONG || conversion->letter == 'S') {
        put_wide(text, conversion, (const wchar_t *)string);
        return;
    }
    if (string)
        touch_text(string,
                   conversion->precision < 0 ? PTRDIFF_MAX
                                             : (size_t)conversion->precision,
                   conversion->pc);
    text_print(text, conversion->spec, string);
}

// %n: how much was printed so far.
static void store_length(const struct text *text,
                         const struct conversion *conversion,
                         struct arguments *arguments)
{
    static const size_t sizes[] = {[INT] = sizeof(int),
                                   [CHAR] = 1,
                                   [SHORT] = sizeof(short),
                                   [LONG] = sizeof(long),
                                   [LONG_LONG] = sizeof(long long),
                                   [LONG_DOUBLE] = sizeof(long)};
    void *where = va_arg(arguments->list, void *);
    size_t length = text->length;

    touch_write(where, sizes[conversion->length], conversion->pc);
    memcpy(where, &length, sizes[conversion->length]); // lowest byte first
}

static void put_conversion(struct text *text, struct conversion *conversion,
                           struct arguments *arguments)
{
    char letter = conversion->letter;

    if (letter == '%')
        text_put(text, "%", 1);
    else if (letter && strchr("diouxXcC", letter))
        put_integer(text, conversion, arguments);
    else if (letter && strchr("fFeEgGaA", letter))
        put_real(text, conversion, arguments);
    else if (letter == 's' || letter == 'S')
        put_string(text, conversion, arguments);
    else if (letter == 'p')
        text_print(text, conversion->spec, va_arg(arguments->list, void *));
    else if (letter == 'n')
        store_length(text, conversion, arguments);
    else if (letter == 'm')
        text_print(text, "%s", strerror(TASK->errno_value));
    else
        text_put(text, conversion->spec, conversion->used);
}

void text_format(struct text *text, const char *format,
                 struct arguments *arguments, const void *pc)
{
    struct conversion conversion = {.pc = pc};

    touch_string(format, pc);
    while (*format) {
        const char *percent = strchrnul(format, '%');

        text_put(text, format, (size_t)(percent - format));
        format = percent;
        if (!*format)
            break;
        format++;
        read_conversion(&conversion, &format, arguments);
        put_conversion(text, &conversion, arguments);
    }
    clean_stack();
}
