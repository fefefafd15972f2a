// text.c - strlen and its relatives: strings
//
// Between two touches other tasks may run: what was read is kept apart until it
// is used.
#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tools/explorer/engine/touch.h"

// ---- Copying ----------------------------------------------------------------

// At most limit bytes of from, and padding zeros behind them (1 or more, but
// not when that is 0). Returns where the zeros begin.
static char *copy(char *to, const char *from, size_t limit, size_t padded,
                  const void *pc)
{
    size_t length = touch_text(from, limit, pc);
    size_t size = padded > length ? padded : length;
    char *held = scratch_take(size + 1);

    memset(held, 0, size + 1);
    memcpy(held, from, length);
    if (padded == 0)
        size = length + 1;
    touch_write(to, size, pc);
    memcpy(to, held, size);
    scratch_release(held);
    return to + length;
}

static char *append(char *to, const char *from, size_t limit, const void *pc)
{
    copy(to + touch_string(to, pc), from, limit, 0, pc);
    return to;
}

#define COPY(name, result)                                                     \
    char *weave_##name(char *to, const char *from)                             \
    {                                                                          \
        char *end = copy(to, from, PTRDIFF_MAX, 0, CALLER);                    \
                                                                               \
        (void)end;                                                             \
        return result;                                                         \
    }                                                                          \
    char *weave___##name##_chk(char *to, const char *from, size_t known)       \
    {                                                                          \
        char *end = copy(to, from, PTRDIFF_MAX, 0, CALLER);                    \
                                                                               \
        (void)end, (void)known;                                                \
        return result;                                                         \
    }
#define COPY_PADDED(name, result)                                              \
    char *weave_##name(char *to, const char *from, size_t size)                \
    {                                                                          \
        char *end = size ? copy(to, from, size, size, CALLER) : to;            \
                                                                               \
        (void)end;                                                             \
        return result;                                                         \
    }                                                                          \
    char *weave___##name##_chk(char *to, const char *from, size_t size,        \
                               size_t known)                                   \
    {                                                                          \
        char *end = size ? copy(to, from, size, size, CALLER) : to;            \
                                                                               \
        (void)end, (void)known;                                                \
        return result;                                                         \
    }

COPY(strcpy, to)
COPY(stpcpy, end)
COPY_PADDED(strncpy, to)
COPY_PADDED(stpncpy, end)

char *weave_strcat(char *to, const char *from)
{
    return append(to, from, PTRDIFF_MAX, CALLER);
}

char *weave___strcat_chk(char *to, const char *from, size_t known)
{
    (void)known;
    return append(to, from, PTRDIFF_MAX, CALLER);
}

char *weave_strncat(char *to, const char *from, size_t limit)
{
    return append(to, from, limit, CALLER);
}

char *weave___strncat_chk(char *to, const char *from, size_t limit,
                          size_t known)
{
    (void)known;
    return append(to, from, limit, CALLER);
}

// ---- Measuring and looking for ----------------------------------------------

size_t weave_strlen(const char *string)
{
    return touch_string(string, CALLER);
}

size_t weave_strnlen(const char *string, size_t limit)
{
    return touch_text(string, limit, CALLER);
}

// Up to the first such byte, or the end.
static char *find(const char *string, int byte, const void *pc)
{
    size_t size;

    touch_pc = pc;
    if (!string)
        touch_read(string, 1, pc);
    size = (size_t)(strchrnul(string, byte) - string) + 1;
    touch_read(string, size, pc);
    return memchr(string, byte, size);
}

char *weave_strchr(const char *string, int byte)
{
    return find(string, byte, CALLER);
}

char *weave_index(const char *string, int byte)
{
    return find(string, byte, CALLER);
}

char *weave_strchrnul(const char *string, int byte)
{
    char *found = find(string, byte, CALLER);

    return found ? found : (char *)string + strlen(string);
}

char *weave_strrchr(const char *string, int byte)
{
    touch_string(string, CALLER);
    return strrchr(string, byte);
}

char *weave_rindex(const char *string, int byte)
{
    touch_string(string, CALLER);
    return strrchr(string, byte);
}

#define WITH_TWO(type, name)                                                   \
    type weave_##name(const char *string, const char *other)                   \
    {                                                                          \
        touch_string(other, CALLER);                                           \
        touch_string(string, CALLER);                                          \
        return name(string, other);                                            \
    }
WITH_TWO(char *, strstr)
WITH_TWO(char *, strcasestr)
WITH_TWO(char *, strpbrk)
WITH_TWO(size_t, strspn)
WITH_TWO(size_t, strcspn)

// ---- Cutting into words -----------------------------------------------------

static char *cut(char *string, const char *marks, char **rest, const void *pc)
{
    size_t length;

    touch_string(marks, pc);
    touch_string(string, pc);
    string += strspn(string, marks);
    length = strcspn(string, marks);
    *rest = string + length;
    if (length == 0)
        return NULL;
    if (**rest) {
        touch_write(*rest, 1, pc);
        *(*rest)++ = '\0';
    }
    return string;
}

static char *next_word(char *string, const char *marks, char **rest,
                       const void *pc)
{
    char *word, *behind;

    if (!string) {
        touch_read(rest, sizeof *rest, pc);
        string = *rest;
    }
    if (!string)
        return NULL;
    word = cut(string, marks, &behind, pc);
    touch_write(rest, sizeof *rest, pc);
    *rest = behind;
    return word;
}

char *weave_strtok_r(char *string, const char *marks, char **rest)
{
    return next_word(string, marks, rest, CALLER);
}

char *weave___strtok_r(char *string, const char *marks, char **rest)
{
    return next_word(string, marks, rest, CALLER);
}

// All threads share it, as they do in the C library: a race of theirs is seen.
static char *shared_rest __attribute__((section("telar_data"))) = NULL;

char *weave_strtok(char *string, const char *marks)
{
    return next_word(string, marks, &shared_rest, CALLER);
}

char *weave_strsep(char **rest, const char *marks)
{
    char *string;
    size_t length;

    touch_read(rest, sizeof *rest, CALLER);
    string = *rest;
    if (!string)
        return NULL;
    touch_string(marks, CALLER);
    touch_string(string, CALLER);
    length = strcspn(string, marks);
    touch_write(rest, sizeof *rest, CALLER);
    *rest = string[length] ? string + length + 1 : NULL;
    if (*rest) {
        touch_write(string + length, 1, CALLER);
        string[length] = '\0';
    }
    return string;
}

// ---- Numbers ----------------------------------------------------------------

// The C library tells its errors to the engine's errno, not to the task's.
#define NUMBER(type, name, TAKE, call)                                         \
    type weave_##name TAKE                                                     \
    {                                                                          \
        type number;                                                           \
        char *end = NULL;                                                      \
                                                                               \
        touch_string(string, CALLER);                                          \
        errno = 0;                                                             \
        number = call;                                                         \
        if (errno)                                                             \
            TASK->errno_value = errno;                                         \
        if (behind) {                                                          \
            touch_write(behind, sizeof *behind, CALLER);                       \
            *behind = end;                                                     \
        }                                                                      \
        return number;                                                         \
    }
#define WHOLE(type, name, function)                                            \
    NUMBER(type, name, (const char *string, char **behind, int base),          \
           function(string, &end, base))
#define REAL(type, name)                                                       \
    NUMBER(type, name, (const char *string, char **behind), name(string, &end))

WHOLE(long, strtol, strtol)
WHOLE(long long, strtoll, strtoll)
WHOLE(unsigned long, strtoul, strtoul)
WHOLE(unsigned long long, strtoull, strtoull)
WHOLE(intmax_t, strtoimax, strtoimax)
WHOLE(uintmax_t, strtoumax, strtoumax)
WHOLE(long, __isoc23_strtol, strtol)
WHOLE(long long, __isoc23_strtoll, strtoll)
WHOLE(unsigned long, __isoc23_strtoul, strtoul)
WHOLE(unsigned long long, __isoc23_strtoull, strtoull)
REAL(float, strtof)
REAL(double, strtod)
REAL(long double, strtold)

#define SIMPLE_NUMBER(type, name)                                              \
    type weave_##name(const char *string)                                      \
    {                                                                          \
        touch_string(string, CALLER);                                          \
        return name(string);                                                   \
    }
SIMPLE_NUMBER(int, atoi)
SIMPLE_NUMBER(long, atol)
SIMPLE_NUMBER(long long, atoll)
SIMPLE_NUMBER(double, atof)

// ---- What errors and signals are called -------------------------------------

char *weave_strerror(int number)
{
    return strerror(number);
}

char *weave_strsignal(int number)
{
    return strsignal(number);
}

static void give_error(char *to, size_t size, int number, const void *pc)
{
    const char *text = strerror(number);
    size_t length = strlen(text);

    if (size == 0)
        return;
    if (length > size - 1)
        length = size - 1;
    touch_write(to, length + 1, pc);
    memcpy(to, text, length);
    to[length] = '\0';
}

// GNU's, and POSIX's.
char *weave_strerror_r(int number, char *to, size_t size)
{
    give_error(to, size, number, CALLER);
    return to;
}

int weave___xpg_strerror_r(int number, char *to, size_t size)
{
    give_error(to, size, number, CALLER);
    return size > strlen(strerror(number)) ? 0 : ERANGE;
}
