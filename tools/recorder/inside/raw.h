// raw.h - system calls made by instructions of our own
//
// What the library asks of the kernel for itself must not be taken for the
// program's: under --calls every system call instruction outside our text is
// counted. So none of our own goes through libc.
//
// Interface: raw_call, raw_failed, raw_gettid, raw_getpid.
// Threads: no state; async-signal-safe, errno is not touched.
// Ownership: none.
#ifndef TELAR_RAW_H
#define TELAR_RAW_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/types.h>

#define RAW_INLINE static inline __attribute__((always_inline))

// Returns what the kernel did: a negative error number on failure.
#if defined(__x86_64__)
RAW_INLINE long raw_call6(long number, long a, long b, long c, long d, long e,
                          long f)
{
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    long result;

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8),
                       "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}
#elif defined(__aarch64__)
RAW_INLINE long raw_call6(long number, long a, long b, long c, long d, long e,
                          long f)
{
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;

    __asm__ volatile("svc 0"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                     : "memory");
    return x0;
}
#else
#error "raw.h: no system calls for this machine yet"
#endif

// raw_call(SYS_name, up to six arguments): pointers and numbers alike.
#define RAW_PICK(n, a, b, c, d, e, f, ...)                                     \
    raw_call6((n), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e),      \
              (long)(f))
#define raw_call(...) RAW_PICK(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)

RAW_INLINE bool raw_failed(long result)
{
    return (unsigned long)result > -4096ul;
}

RAW_INLINE pid_t raw_gettid(void)
{
    return (pid_t)raw_call(SYS_gettid);
}

RAW_INLINE pid_t raw_getpid(void)
{
    return (pid_t)raw_call(SYS_getpid);
}

#endif
