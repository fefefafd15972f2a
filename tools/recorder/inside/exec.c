// exec.c - programs that take this one's place, and are recorded too
//
// All of these may be called in a child by vfork or in a signal handler: what
// they need is on the stack.
#include <alloca.h>
#include <errno.h>
#include <stdarg.h>

#include "tools/recorder/inside/environment.h"
#include "tools/recorder/inside/raw.h"
#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/say.h"
#include "tools/recorder/inside/target.h"

// Only where it will come true, as far as can be seen before: a shell tries one
// folder after the other. The process keeps its entry in the table, what it has
// of the file is given back.
static void say_exec(const char *path, bool may_run)
{
    struct writer_task *task = inside.what ? inside_task() : NULL;

    if (!task)
        return;
    if (may_run && inside_records(RECORD_PROCESS))
        say(task, TRACE_EXEC, writer_name(&inside.writer, path), 0);
    writer_task_release(task);
}

// Memory of the calling function; NULL: what is given goes as it is.
#define ROOM_FOR(given)                                                        \
    (environment_room(given) ? alloca(environment_room(given)) : NULL)

static char **fill(void *room, char *const given[], bool with_library)
{
    return room ? environment_fill(room, given, with_library) : (char **)given;
}

// Where there is no room for our variables the program is more important.
static int execute(const char *path, char *const arguments[],
                   char *const given[])
{
    void *room = ROOM_FOR(given);
    char **filled = fill(room, given, target_takes_library(AT_FDCWD, path));

    say_exec(path, target_may_run(AT_FDCWD, path));
    REAL(execve)(path, arguments, filled);
    return errno == E2BIG ? REAL(execve)(path, arguments, given) : -1;
}

// Whether what execvp would take for name takes the library. By itself, so that
// the path is off the stack before the environment comes: a stack may be small.
static __attribute__((noinline)) bool search(const char *name)
{
    char path[TARGET_PATH];
    bool is_there = target_find(name, path);

    say_exec(is_there ? path : name, is_there);
    return !is_there || target_takes_library(AT_FDCWD, path);
}

static int search_and_execute(const char *name, char *const arguments[],
                              char *const given[])
{
    bool with_library = search(name);
    void *room = ROOM_FOR(given);

    REAL(execvpe)(name, arguments, fill(room, given, with_library));
    return errno == E2BIG ? REAL(execvpe)(name, arguments, given) : -1;
}

EXPORT int execve(const char *path, char *const arguments[],
                  char *const given[])
{
    return execute(path, arguments, given);
}

EXPORT int execv(const char *path, char *const arguments[])
{
    return execute(path, arguments, environ);
}

EXPORT int execvp(const char *name, char *const arguments[])
{
    return search_and_execute(name, arguments, environ);
}

EXPORT int execvpe(const char *name, char *const arguments[],
                   char *const given[])
{
    return search_and_execute(name, arguments, given);
}

EXPORT int execveat(int at, const char *path, char *const arguments[],
                    char *const given[], int flags)
{
    void *room = ROOM_FOR(given);
    char **filled = fill(room, given, target_takes_library(at, path));

    say_exec(path, flags & AT_EMPTY_PATH || target_may_run(at, path));
    REAL(execveat)(at, path, arguments, filled, flags);
    return errno == E2BIG ? REAL(execveat)(at, path, arguments, given, flags)
                          : -1;
}

EXPORT int fexecve(int fd, char *const arguments[], char *const given[])
{
    void *room = ROOM_FOR(given);
    char **filled = fill(room, given, true);

    say_exec("(descriptor)", true);
    REAL(fexecve)(fd, arguments, filled);
    return errno == E2BIG ? REAL(fexecve)(fd, arguments, given) : -1;
}

// ---- With the arguments one by one ------------------------------------------

// Counts them, with the NULL at their end.
#define COUNT_ARGUMENTS(first, count)                                          \
    do {                                                                       \
        va_list rest_;                                                         \
                                                                               \
        va_start(rest_, first);                                                \
        for (count = 1; va_arg(rest_, char *); count++)                        \
            ;                                                                  \
        va_end(rest_);                                                         \
        count++;                                                               \
    } while (0)

static void copy_arguments(char **to, const char *first, size_t count,
                           va_list rest)
{
    to[0] = (char *)first;
    for (size_t i = 1; i < count; i++)
        to[i] = va_arg(rest, char *);
}

EXPORT int execl(const char *path, const char *first, ...)
{
    char **arguments;
    size_t count;
    va_list rest;

    COUNT_ARGUMENTS(first, count);
    arguments = alloca(count * sizeof *arguments);
    va_start(rest, first);
    copy_arguments(arguments, first, count, rest);
    va_end(rest);
    return execute(path, arguments, environ);
}

EXPORT int execlp(const char *name, const char *first, ...)
{
    char **arguments;
    size_t count;
    va_list rest;

    COUNT_ARGUMENTS(first, count);
    arguments = alloca(count * sizeof *arguments);
    va_start(rest, first);
    copy_arguments(arguments, first, count, rest);
    va_end(rest);
    return search_and_execute(name, arguments, environ);
}

EXPORT int execle(const char *path, const char *first, ...)
{
    char **arguments, **given;
    size_t count;
    va_list rest;

    COUNT_ARGUMENTS(first, count);
    arguments = alloca(count * sizeof *arguments);
    va_start(rest, first);
    copy_arguments(arguments, first, count, rest);
    given = va_arg(rest, char **);
    va_end(rest);
    return execute(path, arguments, given);
}
