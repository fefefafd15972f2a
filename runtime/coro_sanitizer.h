// coro_sanitizer.h - what the sanitizers want to be told about stacks; nothing
// else of Telar needs to know it, and without a sanitizer all of it is empty
//
// Interface: SANITIZED, fiber_of_thread, fiber_create, fiber_destroy,
// fiber_leave, fiber_arrive, stack_in_use, stack_out_of_use.
// Threads: as coro.h. Ownership: each fiber belongs to its coroutine.
#ifndef TELAR_CORO_SANITIZER_H
#define TELAR_CORO_SANITIZER_H

#include <stdbool.h>
#include <stddef.h>

#include "runtime/coro_stack.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TELAR_ASAN 1
#elif __has_feature(thread_sanitizer)
#define TELAR_TSAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define TELAR_ASAN 1
#elif defined(__SANITIZE_THREAD__)
#define TELAR_TSAN 1
#endif

struct coro_fiber {
    void *handle; // address: the fake stack kept while away; thread: the fiber
};

#if defined(TELAR_ASAN)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <sanitizer/lsan_interface.h>

enum { SANITIZED = 1 };

static inline void fiber_of_thread(struct coro_fiber *fiber)
{
    fiber->handle = NULL;
}

static inline void fiber_create(struct coro_fiber *fiber)
{
    fiber->handle = NULL;
}

static inline void fiber_destroy(struct coro_fiber *fiber)
{
    (void)fiber;
}

// Before a switch; for ever: `from` will never run again.
static inline void fiber_leave(struct coro_fiber *from, struct coro_fiber *to,
                               const struct coro_stack *stack, bool for_ever)
{
    (void)to;
    __sanitizer_start_switch_fiber(for_ever ? NULL : &from->handle, stack->low,
                                   stack->bytes);
}

// After a switch, on the stack of `fiber`; *came_from gets the other one's.
static inline void fiber_arrive(struct coro_fiber *fiber,
                                struct coro_stack *came_from)
{
    const void *low;
    size_t bytes;

    __sanitizer_finish_switch_fiber(fiber->handle, &low, &bytes);
    if (came_from)
        *came_from = (struct coro_stack){(char *)low, bytes};
}

// What lies on a stack is in use: memory that is known there is not lost.
static inline void stack_in_use(char *low, size_t bytes)
{
    __asan_unpoison_memory_region(low, bytes);
    __lsan_register_root_region(low, bytes);
}

static inline void stack_out_of_use(char *low, size_t bytes)
{
    __asan_unpoison_memory_region(low, bytes);
    __lsan_unregister_root_region(low, bytes);
}
#else

static inline void fiber_arrive(struct coro_fiber *fiber,
                                struct coro_stack *came_from)
{
    (void)fiber;
    (void)came_from;
}

static inline void stack_in_use(char *low, size_t bytes)
{
    (void)low;
    (void)bytes;
}

static inline void stack_out_of_use(char *low, size_t bytes)
{
    (void)low;
    (void)bytes;
}

#if defined(TELAR_TSAN)
#include <sanitizer/tsan_interface.h>

enum { SANITIZED = 1 };

static inline void fiber_of_thread(struct coro_fiber *fiber)
{
    fiber->handle = __tsan_get_current_fiber();
}

static inline void fiber_create(struct coro_fiber *fiber)
{
    fiber->handle = __tsan_create_fiber(0);
}

static inline void fiber_destroy(struct coro_fiber *fiber)
{
    __tsan_destroy_fiber(fiber->handle);
}

static inline void fiber_leave(struct coro_fiber *from, struct coro_fiber *to,
                               const struct coro_stack *stack, bool for_ever)
{
    (void)from;
    (void)stack;
    (void)for_ever;
    __tsan_switch_to_fiber(to->handle, 0);
}
#else
enum { SANITIZED = 0 };

static inline void fiber_of_thread(struct coro_fiber *fiber)
{
    (void)fiber;
}

static inline void fiber_create(struct coro_fiber *fiber)
{
    (void)fiber;
}

static inline void fiber_destroy(struct coro_fiber *fiber)
{
    (void)fiber;
}

static inline void fiber_leave(struct coro_fiber *from, struct coro_fiber *to,
                               const struct coro_stack *stack, bool for_ever)
{
    (void)from;
    (void)to;
    (void)stack;
    (void)for_ever;
}
#endif
#endif

#endif
