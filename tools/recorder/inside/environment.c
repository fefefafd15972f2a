// environment.c - our variables: out of the program's sight, in its children
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tools/recorder/inside.h"
#include "tools/recorder/inside/environment.h"
#include "tools/recorder/inside/raw.h"

#define PRELOAD "LD_PRELOAD="
#define TRACE RECORD_TRACE_VARIABLE "="
#define WHAT RECORD_WHAT_VARIABLE "="

enum { LONGEST_PATH = 4096, MOST_VARIABLES = 100000 };

static char library[LONGEST_PATH];
static char trace[sizeof TRACE + LONGEST_PATH];
static char what[sizeof WHAT + 16];

const char *environment_library(void)
{
    return library;
}

static bool begins_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static bool keep(char *to, size_t size, const char *from, size_t length)
{
    if (length >= size)
        return false;
    memcpy(to, from, length);
    to[length] = '\0';
    return true;
}

// ---- LD_PRELOAD: a list with colons or spaces between -----------------------

static bool is_ours(const char *entry, size_t length)
{
    size_t name = strlen(RECORD_LIBRARY);

    return length > name && entry[length - name - 1] == '/' &&
           memcmp(entry + length - name, RECORD_LIBRARY, name) == 0;
}

// Copies list to a place that may be the list itself, without our library.
static size_t copy_others(char *to, const char *list)
{
    char *begin = to;

    while (*list) {
        size_t length = strcspn(list, ": ");

        if (!is_ours(list, length)) {
            if (to > begin)
                *to++ = ':';
            memmove(to, list, length);
            to += length;
        }
        list += length + (list[length] != '\0');
    }
    *to = '\0';
    return (size_t)(to - begin);
}

static void keep_library(const char *list)
{
    while (*list) {
        size_t length = strcspn(list, ": ");

        if (is_ours(list, length))
            keep(library, sizeof library, list, length);
        list += length + (list[length] != '\0');
    }
}

static bool has_ours(const char *list)
{
    while (*list) {
        size_t length = strcspn(list, ": ");

        if (is_ours(list, length))
            return true;
        list += length + (list[length] != '\0');
    }
    return false;
}

// ---- Out of the program's sight ---------------------------------------------

// True where variable shall go.
static bool take(char *variable)
{
    if (begins_with(variable, TRACE)) {
        keep(trace, sizeof trace, variable, strlen(variable));
        return true;
    }
    if (begins_with(variable, WHAT)) {
        keep(what, sizeof what, variable, strlen(variable));
        return true;
    }
    if (!begins_with(variable, PRELOAD) ||
        !has_ours(variable + strlen(PRELOAD)))
        return false;
    keep_library(variable + strlen(PRELOAD));
    return copy_others(variable + strlen(PRELOAD),
                       variable + strlen(PRELOAD)) == 0;
}

// On the stack the kernel's vector of facts follows the end of the variables,
// and programs that begin without libc (those of Go) look for it there. So
// those that stay move up to the end, and before them stands what is none.
bool environment_take(void)
{
    static char nothing[] = "";
    char **from = environ, **to;

    while (*from)
        from++;
    for (to = from; from-- > environ;)
        if (!take(*from))
            *--to = *from;
    for (from = environ; from < to; from++)
        *from = nothing;
    environ = to;
    return library[0] && trace[0] && what[0];
}

// ---- In its children --------------------------------------------------------

static bool is_variable_of_ours(const char *variable)
{
    return begins_with(variable, TRACE) || begins_with(variable, WHAT);
}

static const char *preload_of(char *const given[])
{
    for (; *given; given++)
        if (begins_with(*given, PRELOAD))
            return *given + strlen(PRELOAD);
    return "";
}

static size_t preload_size(char *const given[])
{
    return sizeof PRELOAD + strlen(library) + 1 + strlen(preload_of(given)) + 1;
}

size_t environment_room(char *const given[])
{
    static char *const nothing[] = {NULL};
    size_t count = 0;

    if (!given)
        given = nothing;
    while (given[count])
        count++;
    if (count > MOST_VARIABLES || !trace[0])
        return 0;
    return (count + 4) * sizeof *given + preload_size(given);
}

static char *write_preload(char *at, const char *theirs, bool with_library)
{
    size_t length;

    memcpy(at, PRELOAD, strlen(PRELOAD));
    at += strlen(PRELOAD);
    if (with_library) {
        memcpy(at, library, strlen(library));
        at += strlen(library);
    }
    length = copy_others(at + with_library, theirs);
    if (length == 0)
        *at = '\0';
    else if (with_library)
        *at = ':';
    return at + length;
}

char **environment_fill(void *room, char *const given[], bool with_library)
{
    char **filled = room, **to = filled, *preload;
    bool has_list = false;
    size_t count = 0;

    while (given && given[count])
        count++;
    preload = (char *)(filled + count + 4);
    for (size_t i = 0; i < count; i++)
        if (begins_with(given[i], PRELOAD)) {
            *to++ = preload;
            has_list = true;
        } else if (!is_variable_of_ours(given[i]))
            *to++ = given[i];
    write_preload(preload, has_list ? preload_of(given) : "", with_library);
    if (with_library && !has_list)
        *to++ = preload;
    *to++ = trace;
    *to++ = what;
    *to = NULL;
    return filled;
}

// ---- In a shell that libc starts --------------------------------------------

static struct {
    atomic_flag lock;
    unsigned count;  // who want them shown now
    char **theirs;   // environ as it was
    char **filled;   // environ meanwhile, and after its end
    size_t size;     // a copy of it, in bytes
    size_t capacity; // of filled, in bytes, for both
} shown = {.lock = ATOMIC_FLAG_INIT};

static void lock(void)
{
    while (atomic_flag_test_and_set(&shown.lock))
        raw_call(SYS_sched_yield);
}

static bool make_room(size_t size)
{
    long at;

    if (shown.filled && size <= shown.capacity)
        return true;
    at = raw_call(SYS_mmap, 0, size, PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (raw_failed(at))
        return false;
    shown.filled = (char **)at;
    shown.capacity = size;
    return true;
}

static char *copy_of_filled(void)
{
    return (char *)shown.filled + shown.capacity / 2;
}

static void show(void)
{
    size_t size = (environment_room(environ) + 15) / 16 * 16;
    size_t count = 0;

    shown.theirs = environ;
    if (size == 0 || !make_room(2 * size))
        return;
    environment_fill(shown.filled, environ, true);
    while (shown.filled[count++])
        ;
    shown.size = count * sizeof *shown.filled;
    memcpy(copy_of_filled(), shown.filled, shown.size);
    environ = shown.filled;
}

// The program has changed its environment meanwhile: what it has now stays, but
// for ours, and the room with it.
static void hide_in_place(void)
{
    char **to = environ;

    for (char **from = environ; *from; from++)
        if (!is_variable_of_ours(*from) &&
            !(begins_with(*from, PRELOAD) &&
              copy_others(*from + strlen(PRELOAD), *from + strlen(PRELOAD)) ==
                  0))
            *to++ = *from;
    *to = NULL;
    shown.filled = NULL;
}

void environment_show(void)
{
    if (!trace[0])
        return;
    lock();
    if (shown.count++ == 0)
        show();
    atomic_flag_clear(&shown.lock);
}

void environment_hide(void)
{
    if (!trace[0])
        return;
    lock();
    if (--shown.count == 0 && environ != shown.theirs) {
        if (environ == shown.filled &&
            memcmp(environ, copy_of_filled(), shown.size) == 0)
            environ = shown.theirs;
        else
            hide_in_place();
    }
    atomic_flag_clear(&shown.lock);
}

void environment_forget(void)
{
    trace[0] = '\0';
}

// Whoever had them shown in the parent does not exist here.
void environment_forked(void)
{
    atomic_flag_clear(&shown.lock);
    if (shown.count == 0)
        return;
    shown.count = 1;
    environment_hide();
}
