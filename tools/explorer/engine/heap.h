// heap.h - malloc and free, in memory of the execution's own
//
// Interface: heap_check, heap_has, heap_allocate, heap_allocate_clear,
// heap_release, heap_move, heap_size, heap_is_releasing, heap_blame, heap_leak.
// Threads: one kernel thread. Ownership: blocks belong to the program and end
// with the execution. An execution that never allocates pays nothing.
//
// Source of the shadow memory, the zones around blocks and the quarantine:
// Serebryany, Bruening, Potapenko and Vyukov, "AddressSanitizer: A Fast Address
// Sanity Checker", USENIX ATC 2012, section 3.
#ifndef TELAR_HEAP_H
#define TELAR_HEAP_H

#include "tools/explorer/engine/engine.h"

// What an unsuspecting reader finds in a new block, and in one given back.
enum { HEAP_NEW = 0xa5, HEAP_DEAD = 0xde };

// One byte for each eight of the heap: how many of them, from the first, belong
// to a live block (0 to 8); or one of these.
enum { SHADOW_HEAD = 0x40, SHADOW_DEAD = 0x80 };
extern uint8_t *heap_shadow;
extern uint32_t heap_execution; // that the shadow is of

static inline bool heap_has(uintptr_t address)
{
    return address >= HEAP_BEGIN && address < HEAP_END;
}

static inline bool heap_is_whole(uintptr_t address, size_t size)
{
    unsigned live = heap_shadow[(address - HEAP_BEGIN) >> 3];

    return live <= 8 && (address & 7) + size <= live;
}

// As heap_check, without its short way.
void heap_check_slowly(uintptr_t address, size_t size, bool is_write,
                       const void *pc);

// The task that runs accesses size bytes of the heap at address (heap_has): a
// failure unless all of them lie in a live block.
static inline void heap_check(uintptr_t address, size_t size, bool is_write,
                              const void *pc)
{
    if (heap_execution != execution_now || !heap_is_whole(address, size))
        heap_check_slowly(address, size, is_write, pc);
}

// A new block, its address a multiple of alignment (a power of two). NULL, and
// ENOMEM, when there is no room: then a bound was met too.
void *heap_allocate(size_t size, size_t alignment, const void *pc);
void *heap_allocate_clear(size_t size, const void *pc);

// The block at address is given back: a write to all of it. May run others.
void heap_release(void *address, const void *pc);

// A new block of that size with what was in the old one, which is given back.
// NULL: no room, nothing was done.
void *heap_move(void *address, size_t size, const void *pc);

// Bytes of the live block at address that were asked for.
size_t heap_size(const void *address, const void *pc);

// Is the task that runs in the middle of giving a block back? Whoever it races
// with uses that block too late, or could have.
bool heap_releases(void);
static inline bool heap_is_releasing(void)
{
    return heap_execution == execution_now && heap_releases();
}

// Such a race is told as what it is.
void heap_blame(struct failure *failure);

// The execution ended. Is there a block that nothing points to any more (from
// globals, the stacks of live tasks, other such blocks)? Then tells about it.
bool heap_leak(struct failure *failure);

#endif
