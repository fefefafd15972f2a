// must.h - a call that cannot fail in a correct program
//
// Interface: MUST(call).
// Threads: any. Ownership: the value of the call passes through unchanged.
#ifndef TELAR_MUST_H
#define TELAR_MUST_H

#include <stdint.h>

// MUST(call) is the value of call. Where the call failed it prints the place,
// the call and the reason on standard error and exits with status 2. Failure is
// -1 or a null pointer, with the reason in errno; for the functions that return
// an error number instead (pthread_..., posix_...) it is any value but 0.
// Unlike assert it does not vanish with -DNDEBUG.
//
//     int fd = MUST(open(path, O_RDONLY));
//     MUST(pthread_mutex_lock(&account->lock));
#define MUST(call)                                                             \
    __extension__({                                                            \
        (__typeof__(call))must((intptr_t)(call), MUST_IS_POINTER(call), #call, \
                               __FILE__, __LINE__);                            \
    })

// Class 5 is "pointer"; the operand is not evaluated.
#define MUST_IS_POINTER(call) (__builtin_classify_type(call) == 5)

intptr_t must(intptr_t value, int is_pointer, const char *call,
              const char *file, int line);

#endif
