// print.c - the printf family
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/format.h"
#include "tools/explorer/engine/heap.h"
#include "tools/explorer/engine/output.h"
#include "tools/explorer/engine/touch.h"

enum { ALIGNMENT = 16 };

static int length_of(const struct text *text, const void *pc)
{
    if (text->length > text->room && text->room == TEXT_LIMIT)
        bound_met(BOUND_OUTPUT, pc);
    return (int)text->length;
}

static int print(int descriptor, const char *format,
                 struct arguments *arguments, const void *pc)
{
    struct text text;
    int length;

    text_begin(&text, TEXT_LIMIT);
    text_format(&text, format, arguments, pc);
    length = length_of(&text, pc);
    if (descriptor == 1 || descriptor == 2)
        output_write(descriptor, text.bytes, text_kept(&text), pc);
    text_end(&text);
    return descriptor == 1 || descriptor == 2 ? length : -1;
}

static int print_to(FILE *stream, const char *format,
                    struct arguments *arguments, const void *pc)
{
    return print(output_descriptor(stream, pc), format, arguments, pc);
}

// At most size bytes go to memory, the 0 included.
static int print_into(char *memory, size_t size, const char *format,
                      struct arguments *arguments, const void *pc)
{
    struct text text;
    int length;

    text_begin(&text, size ? size - 1 : 0);
    text_format(&text, format, arguments, pc);
    length = length_of(&text, pc);
    if (size) {
        touch_write(memory, text_kept(&text) + 1, pc);
        memcpy(memory, text.bytes, text_kept(&text) + 1);
    }
    text_end(&text);
    return length;
}

// A new block of the heap; *result is undefined when there is no room.
static int print_new(char **result, const char *format,
                     struct arguments *arguments, const void *pc)
{
    struct text text;
    char *block;
    int length;

    text_begin(&text, TEXT_LIMIT);
    text_format(&text, format, arguments, pc);
    length = length_of(&text, pc);
    block = heap_allocate(text_kept(&text) + 1, ALIGNMENT, pc);
    if (block) {
        touch_write(block, text_kept(&text) + 1, pc);
        memcpy(block, text.bytes, text_kept(&text) + 1);
    }
    text_end(&text);
    touch_write(result, sizeof *result, pc);
    *result = block;
    return block ? length : -1;
}

// Each member comes with its arguments in the call and as a va_list, and each
// of these in the form that _FORTIFY_SOURCE makes of it, with a flag and the
// size of the target if the compiler knows it (the heap knows it too).
#define BODY(begin, call)                                                      \
    {                                                                          \
        struct arguments arguments;                                            \
        const void *pc = CALLER;                                               \
        int length;                                                            \
                                                                               \
        begin;                                                                 \
        length = call;                                                         \
        va_end(arguments.list);                                                \
        return length;                                                         \
    }
#define VARIADIC(name, parameters, call)                                       \
    int weave_##name parameters BODY(va_start(arguments.list, format), call)
#define LISTED(name, parameters, call)                                         \
    int weave_##name parameters BODY(va_copy(arguments.list, list), call)

#define PRINT print(1, format, &arguments, pc)
VARIADIC(printf, (const char *format, ...), PRINT)
LISTED(vprintf, (const char *format, va_list list), PRINT)
VARIADIC(__printf_chk, (int flag, const char *format, ...), ((void)flag, PRINT))
LISTED(__vprintf_chk, (int flag, const char *format, va_list list),
       ((void)flag, PRINT))

#define PRINT_TO print_to(stream, format, &arguments, pc)
VARIADIC(fprintf, (FILE * stream, const char *format, ...), PRINT_TO)
LISTED(vfprintf, (FILE * stream, const char *format, va_list list), PRINT_TO)
VARIADIC(__fprintf_chk, (FILE * stream, int flag, const char *format, ...),
         ((void)flag, PRINT_TO))
LISTED(__vfprintf_chk,
       (FILE * stream, int flag, const char *format, va_list list),
       ((void)flag, PRINT_TO))

#define PRINT_D print(descriptor, format, &arguments, pc)
VARIADIC(dprintf, (int descriptor, const char *format, ...), PRINT_D)
LISTED(vdprintf, (int descriptor, const char *format, va_list list), PRINT_D)
VARIADIC(__dprintf_chk, (int descriptor, int flag, const char *format, ...),
         ((void)flag, PRINT_D))
LISTED(__vdprintf_chk,
       (int descriptor, int flag, const char *format, va_list list),
       ((void)flag, PRINT_D))

#define PRINT_NEW print_new(result, format, &arguments, pc)
VARIADIC(asprintf, (char **result, const char *format, ...), PRINT_NEW)
LISTED(vasprintf, (char **result, const char *format, va_list list), PRINT_NEW)
VARIADIC(__asprintf_chk, (char **result, int flag, const char *format, ...),
         ((void)flag, PRINT_NEW))
LISTED(__vasprintf_chk,
       (char **result, int flag, const char *format, va_list list),
       ((void)flag, PRINT_NEW))

#define PRINT_INTO(size) print_into(memory, size, format, &arguments, pc)
VARIADIC(sprintf, (char *memory, const char *format, ...), PRINT_INTO(SIZE_MAX))
LISTED(vsprintf, (char *memory, const char *format, va_list list),
       PRINT_INTO(SIZE_MAX))
VARIADIC(__sprintf_chk,
         (char *memory, int flag, size_t known, const char *format, ...),
         ((void)flag, (void)known, PRINT_INTO(SIZE_MAX)))
LISTED(__vsprintf_chk,
       (char *memory, int flag, size_t known, const char *format, va_list list),
       ((void)flag, (void)known, PRINT_INTO(SIZE_MAX)))
VARIADIC(snprintf, (char *memory, size_t size, const char *format, ...),
         PRINT_INTO(size))
LISTED(vsnprintf, (char *memory, size_t size, const char *format, va_list list),
       PRINT_INTO(size))
VARIADIC(__snprintf_chk,
         (char *memory, size_t size, int flag, size_t known, const char *format,
          ...),
         ((void)flag, (void)known, PRINT_INTO(size)))
LISTED(__vsnprintf_chk,
       (char *memory, size_t size, int flag, size_t known, const char *format,
        va_list list),
       ((void)flag, (void)known, PRINT_INTO(size)))
