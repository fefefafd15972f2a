// memory.c - memcpy and its relatives, as programs and compilers call them
//
// Between two touches other tasks may run: what was read is kept apart until it
// is used.
#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "tools/explorer/engine/touch.h"

// ---- Writing ----------------------------------------------------------------

static void *copy(void *to, const void *from, size_t size, const void *pc)
{
    void *held;

    if (size == 0 || to == from)
        return to;
    touch_read(from, size, pc);
    held = scratch_take(size);
    memcpy(held, from, size);
    touch_write(to, size, pc);
    memcpy(to, held, size);
    scratch_release(held);
    return to;
}

static void *fill(void *to, int byte, size_t size, const void *pc)
{
    touch_write(to, size, pc);
    if (size)
        memset(to, byte, size);
    return to;
}

#define COPY(name)                                                             \
    void *name(void *to, const void *from, size_t size)                        \
    {                                                                          \
        return copy(to, from, size, CALLER);                                   \
    }
#define COPY_CHECKED(name)                                                     \
    void *name(void *to, const void *from, size_t size, size_t known)          \
    {                                                                          \
        (void)known;                                                           \
        return copy(to, from, size, CALLER);                                   \
    }
#define FILL(name)                                                             \
    void *name(void *to, int byte, size_t size)                                \
    {                                                                          \
        return fill(to, byte, size, CALLER);                                   \
    }

COPY(weave_memcpy)
COPY(weave_memmove)
COPY(__tsan_memcpy)
COPY(__tsan_memmove)
COPY_CHECKED(weave___memcpy_chk)
COPY_CHECKED(weave___memmove_chk)
FILL(weave_memset)
FILL(__tsan_memset)

void *weave___memset_chk(void *to, int byte, size_t size, size_t known)
{
    (void)known;
    return fill(to, byte, size, CALLER);
}

void *weave_mempcpy(void *to, const void *from, size_t size)
{
    return (char *)copy(to, from, size, CALLER) + size;
}

void *weave___mempcpy_chk(void *to, const void *from, size_t size, size_t known)
{
    (void)known;
    return (char *)copy(to, from, size, CALLER) + size;
}

void *weave_memccpy(void *to, const void *from, int byte, size_t size)
{
    const char *found = memchr(from, byte, size);

    if (found)
        size = (size_t)(found - (const char *)from) + 1;
    copy(to, from, size, CALLER);
    return found ? (char *)to + size : NULL;
}

void weave_bcopy(const void *from, void *to, size_t size)
{
    copy(to, from, size, CALLER);
}

void weave_bzero(void *to, size_t size)
{
    fill(to, 0, size, CALLER);
}

void weave_explicit_bzero(void *to, size_t size)
{
    fill(to, 0, size, CALLER);
}

// ---- Comparing --------------------------------------------------------------

enum { BYTES = 0, STRINGS = 1, FOLDED = 2 };

static int difference(unsigned char a, unsigned char b, int how)
{
    return how & FOLDED ? tolower(a) - tolower(b) : a - b;
}

// How many bytes of both show how they compare: the first that differ or (of
// strings) end, or limit.
static size_t telling(const char *a, const char *b, size_t limit, int how)
{
    size_t i = 0;

    while (i < limit &&
           !difference((unsigned char)a[i], (unsigned char)b[i], how) &&
           (a[i] || !(how & STRINGS)))
        i++;
    return i < limit ? i + 1 : limit;
}

// Of size bytes, of which all but the last are known to be the same.
static int compare_last(const char *a, const char *b, size_t size, int how)
{
    return size ? difference((unsigned char)a[size - 1],
                             (unsigned char)b[size - 1], how)
                : 0;
}

static int compare(const char *a, const char *b, size_t limit, int how,
                   const void *pc)
{
    size_t size;
    char *held;
    int result;

    touch_pc = pc;
    if (!a || !b)
        touch_read(NULL, limit, pc);
    size = telling(a, b, limit, how);
    touch_read(a, size, pc);
    held = scratch_take(size);
    memcpy(held, a, size);
    touch_read(b, size, pc);
    size = telling(held, b, size, how);
    result = compare_last(held, b, size, how);
    scratch_release(held);
    return result;
}

#define COMPARE(name, how)                                                     \
    int weave_##name(const void *a, const void *b, size_t size)                \
    {                                                                          \
        return compare(a, b, size, how, CALLER);                               \
    }
#define COMPARE_STRINGS(name, how)                                             \
    int weave_##name(const char *a, const char *b)                             \
    {                                                                          \
        return compare(a, b, SIZE_MAX, how, CALLER);                           \
    }

COMPARE(memcmp, BYTES)
COMPARE(bcmp, BYTES)
COMPARE(strncmp, STRINGS)
COMPARE(strncasecmp, STRINGS | FOLDED)
COMPARE_STRINGS(strcmp, STRINGS)
COMPARE_STRINGS(strcoll, STRINGS)
COMPARE_STRINGS(strcasecmp, STRINGS | FOLDED)

// ---- Looking for ------------------------------------------------------------

static void *find(const void *bytes, int byte, size_t size, const void *pc)
{
    const char *found = memchr(bytes, byte, size);

    if (found)
        size = (size_t)(found - (const char *)bytes) + 1;
    touch_read(bytes, size, pc);
    return memchr(bytes, byte, size);
}

void *weave_memchr(const void *bytes, int byte, size_t size)
{
    return size ? find(bytes, byte, size, CALLER) : NULL;
}

void *weave_rawmemchr(const void *bytes, int byte)
{
    return find(bytes, byte, SIZE_MAX / 2, CALLER);
}

void *weave_memrchr(const void *bytes, int byte, size_t size)
{
    touch_read(bytes, size, CALLER);
    return memrchr(bytes, byte, size);
}

void *weave_memmem(const void *bytes, size_t size, const void *wanted,
                   size_t wanted_size)
{
    touch_read(bytes, size, CALLER);
    touch_read(wanted, wanted_size, CALLER);
    return memmem(bytes, size, wanted, wanted_size);
}
