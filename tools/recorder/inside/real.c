// real.c - looks up the functions that ours stand before
#include <dlfcn.h>
#include <string.h>

#include "tools/recorder/inside/real.h"

struct real real;
bool real_is_searching, real_wait_is_plain;

// Where one name stands for several versions, dlsym may give the oldest one,
// that of another structure.
#if defined(__x86_64__)
#define VERSION_OF_COND "GLIBC_2.3.2"
#define VERSION_OF_SPAWN "GLIBC_2.15"
#else
#define VERSION_OF_COND "GLIBC_2.17"
#define VERSION_OF_SPAWN "GLIBC_2.17"
#endif

static bool begins_with(const char *name, const char *beginning)
{
    return strncmp(name, beginning, strlen(beginning)) == 0;
}

static const char *version_of(const char *name)
{
    if (begins_with(name, "pthread_cond_clock"))
        return NULL;
    if (begins_with(name, "pthread_cond_"))
        return VERSION_OF_COND;
    if (begins_with(name, "posix_spawn"))
        return VERSION_OF_SPAWN;
    return NULL;
}

static void find(void **at, const char *name)
{
    const char *version = version_of(name);
    void *found = version ? dlvsym(RTLD_NEXT, name, version) : NULL;

    if (!found)
        found = dlsym(RTLD_NEXT, name);
    __atomic_store_n(at, found, __ATOMIC_RELEASE);
}

// Another library may stand before one of them only.
static bool is_of_one(const void *a, const void *b)
{
    Dl_info of_a, of_b;

    return dladdr(a, &of_a) && dladdr(b, &of_b) &&
           of_a.dli_fbase == of_b.dli_fbase;
}

// dlsym may ask for memory: memory.c gives some of its own meanwhile.
#define REAL_FUNCTION(name) find((void **)&real.name##_, #name);
void real_find_all(void)
{
    real_is_searching = true;
#include "tools/recorder/inside/real_functions.h"
    real_is_searching = false;
    real_wait_is_plain =
        is_of_one((void *)real.waitpid_, (void *)real.wait4_) &&
        is_of_one((void *)real.wait_, (void *)real.wait3_) &&
        is_of_one((void *)real.wait_, (void *)real.wait4_);
}
