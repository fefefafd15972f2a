// pure_calls.h - what a program under exploration may call as it is
//
// Interface: pure_calls, pure_calls_have.
// Threads: none. Ownership: constants only.
//
// Functions of the C library that touch no memory of the program but their
// arguments' (which no other thread can have reason to change meanwhile), call
// nothing back and give the same answer each time; and data that belongs to the
// library. Whatever else is undefined in a program is the engine's (weave_NAME)
// or refused by name when it is called. A name may end in *, for all that begin
// so.
#ifndef TELAR_PURE_CALLS_H
#define TELAR_PURE_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static const char *const pure_calls[] = {
    // Data.
    "stdin", "stdout", "stderr", "environ", "__environ",
    "program_invocation_name", "program_invocation_short_name", "__progname",
    "__progname_full", "signgam", "_ITM_*", "__gmon_start__",
    "_GLOBAL_OFFSET_TABLE_", "__stack_chk_guard", "__start_telar_*",
    "__stop_telar_*", "__tsan_*", "__dso_handle", "_end", "end", "_etext",
    "etext", "_edata", "edata", "__bss_start", "__data_start",
    "__libc_single_threaded",
    // Jumps on the own stack.
    "setjmp", "_setjmp", "__sigsetjmp", "sigsetjmp", "longjmp", "_longjmp",
    "siglongjmp", "__longjmp_chk",
    // Numbers.
    "abs", "labs", "llabs", "imaxabs", "div", "ldiv", "lldiv", "imaxdiv",
    "a64l", "ffs", "ffsl", "ffsll",
    // Characters.
    "__ctype_b_loc", "__ctype_tolower_loc", "__ctype_toupper_loc",
    "__ctype_get_mb_cur_max", "isalnum", "isalpha", "isascii", "isblank",
    "iscntrl", "isdigit", "isgraph", "islower", "isprint", "ispunct", "isspace",
    "isupper", "isxdigit", "tolower", "toupper", "toascii", "_tolower",
    "_toupper", "iswalnum", "iswalpha", "iswblank", "iswcntrl", "iswdigit",
    "iswgraph", "iswlower", "iswprint", "iswpunct", "iswspace", "iswupper",
    "iswxdigit", "towlower", "towupper", "btowc", "wctob", "wcwidth",
    // What is only looked up or put into attributes.
    "setlocale", "localeconv", "nl_langinfo", "htonl", "htons", "ntohl",
    "ntohs", "getpagesize", "gnu_get_libc_version", "gnu_get_libc_release",
    "getauxval", "pthread_attr_*", "pthread_mutexattr_*", "pthread_condattr_*",
    "pthread_rwlockattr_*", "pthread_barrierattr_*", "sched_get_priority_max",
    "sched_get_priority_min", "__sched_cpucount", "sigemptyset", "sigfillset",
    "sigaddset", "sigdelset", "sigismember", "difftime", "getuid", "geteuid",
    "getgid", "getegid",
// Mathematics.
#define REAL(name) name, name "f", name "l"
    REAL("acos"), REAL("acosh"), REAL("asin"), REAL("asinh"), REAL("atan"),
    REAL("atan2"), REAL("atanh"), REAL("cbrt"), REAL("ceil"), REAL("copysign"),
    REAL("cos"), REAL("cosh"), REAL("drem"), REAL("erf"), REAL("erfc"),
    REAL("exp"), REAL("exp10"), REAL("exp2"), REAL("expm1"), REAL("fabs"),
    REAL("fdim"), REAL("finite"), REAL("floor"), REAL("fma"), REAL("fmax"),
    REAL("fmin"), REAL("fmod"), REAL("frexp"), REAL("gamma"), REAL("hypot"),
    REAL("ilogb"), REAL("isinf"), REAL("isnan"), REAL("j0"), REAL("j1"),
    REAL("jn"), REAL("ldexp"), REAL("lgamma"), REAL("llrint"), REAL("llround"),
    REAL("log"), REAL("log10"), REAL("log1p"), REAL("log2"), REAL("logb"),
    REAL("lrint"), REAL("lround"), REAL("modf"), REAL("nan"), REAL("nearbyint"),
    REAL("nextafter"), REAL("nexttoward"), REAL("pow"), REAL("pow10"),
    REAL("remainder"), REAL("rint"), REAL("round"), REAL("roundeven"),
    REAL("scalb"), REAL("scalbln"), REAL("scalbn"), REAL("significand"),
    REAL("sin"), REAL("sinh"), REAL("sqrt"), REAL("tan"), REAL("tanh"),
    REAL("tgamma"), REAL("trunc"), REAL("y0"), REAL("y1"), REAL("yn"),
    REAL("__finite"), REAL("__fpclassify"), REAL("__isinf"), REAL("__isnan"),
    REAL("__issignaling"), REAL("__signbit"), REAL("cabs"), REAL("carg"),
    REAL("ccos"), REAL("cexp"), REAL("cimag"), REAL("clog"), REAL("conj"),
    REAL("cpow"), REAL("cproj"), REAL("creal"), REAL("csin"), REAL("csqrt"),
    REAL("ctan"), REAL("sincos"),
#undef REAL
    "fegetround", "fesetround", "feclearexcept", "feraiseexcept",
    "fetestexcept",
    // Arithmetic that the processor does not have (libgcc).
    "__mul*", "__div*", "__udiv*", "__mod*", "__umod*", "__fix*", "__float*",
    "__pop*", "__clz*", "__ctz*", "__parity*", "__bswap*", "__ffs*", "__powi*",
    "__add*", "__sub*", "__neg*", "__cmp*", "__ucmp*", "__eq*", "__ne*",
    "__lt*", "__le*", "__gt*", "__ge*", "__unord*", "__extend*", "__trunc*",
    "__ash*", "__lsh*", "__absv*", "__cpu_*", NULL};

static inline bool pure_calls_have(const char *name)
{
    for (const char *const *pure = pure_calls; *pure; pure++) {
        size_t size = strcspn(*pure, "*");

        if (strncmp(*pure, name, size) == 0 &&
            ((*pure)[size] == '*' || name[size] == '\0'))
            return true;
    }
    return false;
}

#endif
