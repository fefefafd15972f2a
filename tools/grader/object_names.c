// object_names.c - what a student's object may call, and what it must not be
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

#include "tools/grader/object_names.h"

// Left out on purpose: what ends the program or leaves it (exit, longjmp), asks
// the system (getenv, write), writes through pointers in ways that only the C
// library knows (sprintf, scanf, strtok, qsort).
static const struct callable callables[] = {
    {.name = "pthread_create", .function = 3},
    {.name = "pthread_join"},
    {.name = "pthread_detach"},
    {.name = "pthread_self"},
    {.name = "pthread_equal"},
    {.name = "pthread_once", .function = 2},
    {.name = "pthread_key_create", .function = 2},
    {.name = "pthread_key_delete"},
    {.name = "pthread_getspecific"},
    {.name = "pthread_setspecific"},
    {.name = "pthread_mutex_init"},
    {.name = "pthread_mutex_destroy"},
    {.name = "pthread_mutex_lock"},
    {.name = "pthread_mutex_trylock"},
    {.name = "pthread_mutex_timedlock"},
    {.name = "pthread_mutex_unlock"},
    {.name = "pthread_mutexattr_init"},
    {.name = "pthread_mutexattr_settype"},
    {.name = "pthread_mutexattr_destroy"},
    {.name = "pthread_cond_init"},
    {.name = "pthread_cond_destroy"},
    {.name = "pthread_cond_wait"},
    {.name = "pthread_cond_timedwait"},
    {.name = "pthread_cond_signal"},
    {.name = "pthread_cond_broadcast"},
    {.name = "pthread_rwlock_init"},
    {.name = "pthread_rwlock_destroy"},
    {.name = "pthread_rwlock_rdlock"},
    {.name = "pthread_rwlock_tryrdlock"},
    {.name = "pthread_rwlock_wrlock"},
    {.name = "pthread_rwlock_trywrlock"},
    {.name = "pthread_rwlock_unlock"},
    {.name = "pthread_barrier_init"},
    {.name = "pthread_barrier_destroy"},
    {.name = "pthread_barrier_wait"},
    {.name = "pthread_spin_init"},
    {.name = "pthread_spin_destroy"},
    {.name = "pthread_spin_lock"},
    {.name = "pthread_spin_trylock"},
    {.name = "pthread_spin_unlock"},
    {.name = "sem_init"},
    {.name = "sem_destroy"},
    {.name = "sem_wait"},
    {.name = "sem_trywait"},
    {.name = "sem_timedwait"},
    {.name = "sem_post"},
    {.name = "sem_getvalue"},
    {.name = "thrd_create", .function = 2},
    {.name = "thrd_join"},
    {.name = "thrd_detach"},
    {.name = "thrd_current"},
    {.name = "thrd_equal"},
    {.name = "thrd_yield"},
    {.name = "call_once", .function = 2},
    {.name = "mtx_init"},
    {.name = "mtx_destroy"},
    {.name = "mtx_lock"},
    {.name = "mtx_trylock"},
    {.name = "mtx_timedlock"},
    {.name = "mtx_unlock"},
    {.name = "cnd_init"},
    {.name = "cnd_destroy"},
    {.name = "cnd_wait"},
    {.name = "cnd_timedwait"},
    {.name = "cnd_signal"},
    {.name = "cnd_broadcast"},
    {.name = "sched_yield"},
    {.name = "sleep"},
    {.name = "usleep"},
    {.name = "nanosleep"},
    {.name = "clock_gettime"},
    {.name = "time"},
    {.name = "malloc"},
    {.name = "calloc"},
    {.name = "realloc"},
    {.name = "free"},
    {.name = "memcpy"},
    {.name = "memmove"},
    {.name = "memset"},
    {.name = "memcmp"},
    {.name = "strlen"},
    {.name = "strcmp"},
    {.name = "strncmp"},
    {.name = "strchr"},
    {.name = "strrchr"},
    {.name = "abs"},
    {.name = "labs"},
    {.name = "abort", .no_return = true},
    {.name = "__assert_fail", .no_return = true},
    {.name = "__errno_location"},
    {.name = "rand"},
    {.name = "srand"},
    {.name = "strerror"},
    {.name = "perror"},
    {.name = "puts"},
    {.name = "putchar"},
    {.name = "printf", .format = 1},
    {.name = "fprintf", .format = 2, .stream = 1},
    {.name = "fputs", .stream = 2},
    {.name = "fputc", .stream = 2},
    {.name = "fwrite", .stream = 4},
    {.name = "fflush", .stream = 1},
};

static const struct callable hook = {.is_hook = true};
static const struct callable atomic = {.name = "atomic"};

static bool begins(const char *name, const char *with)
{
    return strncmp(name, with, strlen(with)) == 0;
}

static const struct callable *tsan_named(const char *name)
{
    static const char *const hooks[] = {
        "func_entry", "func_exit",  "read",      "write",
        "volatile_",  "unaligned_", "vptr_read",
    };

    if (begins(name, "atomic"))
        return &atomic;
    for (size_t i = 0; i < sizeof hooks / sizeof *hooks; i++)
        if (begins(name, hooks[i]))
            return &hook;
    return NULL;
}

const struct callable *callable_named(const char *name)
{
    if (begins(name, "__tsan_"))
        return tsan_named(name + strlen("__tsan_"));
    for (size_t i = 0; i < sizeof callables / sizeof *callables; i++)
        if (strcmp(callables[i].name, name) == 0)
            return &callables[i];
    return NULL;
}

static bool is_in(const char *library, const char *name)
{
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);

    return handle && dlsym(handle, name);
}

bool name_is_reserved(const char *name)
{
    return *name == '_' || strcmp(name, "main") == 0 ||
           begins(name, "weave_") || begins(name, "telar_") ||
           callable_named(name) || is_in("libc.so.6", name) ||
           is_in("libm.so.6", name);
}
