// redirect.c - what the writer asks of libc is asked of the kernel here
//
// The linker gives these to the writer (--wrap, see the Makefile): it works
// inside other people's programs as it is, but none of its calls is seen among
// theirs, and none comes back to a wrapper of ours.
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <time.h>

#include "tools/recorder/inside/raw.h"
#include "tools/recorder/inside/redirect.h"

static long or_errno(long result)
{
    if (!raw_failed(result))
        return result;
    errno = (int)-result;
    return -1;
}

int __wrap_open(const char *path, int flags, ...)
{
    return (int)or_errno(raw_call(SYS_openat, -100, path, flags, 0));
}

int __wrap_close(int fd)
{
    return (int)or_errno(raw_call(SYS_close, fd));
}

void *__wrap_mmap(void *at, size_t size, int protection, int flags, int fd,
                  off_t offset)
{
    return (void *)or_errno(
        raw_call(SYS_mmap, at, size, protection, flags, fd, offset));
}

int __wrap_munmap(void *at, size_t size)
{
    return (int)or_errno(raw_call(SYS_munmap, at, size));
}

int __wrap_madvise(void *at, size_t size, int advice)
{
    return (int)or_errno(raw_call(SYS_madvise, at, size, advice));
}

ssize_t __wrap_pread(int fd, void *bytes, size_t size, off_t at)
{
    return or_errno(raw_call(SYS_pread64, fd, bytes, size, at));
}

int __wrap_fstat(int fd, struct stat *about)
{
    return (int)or_errno(raw_call(SYS_fstat, fd, about));
}

int __wrap_kill(pid_t pid, int number)
{
    return (int)or_errno(raw_call(SYS_kill, pid, number));
}

pid_t __wrap_getpid(void)
{
    return raw_getpid();
}

// Only SYS_gettid.
long __wrap_syscall(long number, ...)
{
    return or_errno(raw_call(number));
}

// ---- The time ---------------------------------------------------------------

#if defined(__x86_64__)
#define VDSO_CLOCK "__vdso_clock_gettime"
#else
#define VDSO_CLOCK "__kernel_clock_gettime"
#endif

typedef int (*clock_function)(clockid_t, struct timespec *);

static clock_function vdso_clock;

void redirect_begin(void)
{
    void *vdso = dlopen("linux-vdso.so.1", RTLD_LAZY | RTLD_NOLOAD);

    if (vdso)
        vdso_clock = (clock_function)dlsym(vdso, VDSO_CLOCK);
}

// Most of what an event costs: without the way through libc.
int __wrap_clock_gettime(clockid_t id, struct timespec *now)
{
    if (__builtin_expect(vdso_clock != NULL, 1))
        return vdso_clock(id, now);
    return (int)or_errno(raw_call(SYS_clock_gettime, id, now));
}
