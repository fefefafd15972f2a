// coro_stack.h - stacks by the million, each with a page below that nobody has
//
// Interface: coro_stack_take, coro_stack_give_back, coro_stack_guards,
// coro_old_guards, coro_stack_page.
// Threads: any; one lock. Ownership: what is taken is given back once.
#ifndef TELAR_CORO_STACK_H
#define TELAR_CORO_STACK_H

#include <stdbool.h>
#include <stddef.h>

// A stack costs memory only for the pages that it has touched.
struct coro_stack {
    char *low;    // the guard page ends here
    size_t bytes; // from low on
};

// A guard is a mark in the page table (MADV_GUARD_INSTALL, Linux 6.13) where
// the kernel knows it: as many stacks as memory holds, in one mapping. Else,
// and under a sanitizer, it is a piece of the mapping without rights
// (mprotect): each splits the mapping in two, and vm.max_map_count (65,530
// mostly) allows about 32,000 stacks. True before the first stack forces that
// one; true after it says that it is in use.
extern bool coro_old_guards;

// Fills *stack: at least so many bytes, not cleared. Returns false, with the
// reason in errno, when memory or mappings have run out.
bool coro_stack_take(size_t bytes, struct coro_stack *stack);

// It waits for the next coro_stack_take; the pages it has touched stay.
void coro_stack_give_back(const struct coro_stack *stack);

// Is address in the guard page of this stack?
bool coro_stack_guards(const struct coro_stack *stack, const void *address);

size_t coro_stack_page(void); // bytes

#endif
