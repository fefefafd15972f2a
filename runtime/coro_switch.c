// coro_switch.c - from one stack to another, in a dozen instructions
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/coro_switch.h"

#if defined(__x86_64__)
// rbx, rbp, r12 to r15 and the stack pointer must be as before when a call
// returns (System V ABI 1.0, section 3.2.1); so must how floating point rounds,
// which no coroutine is expected to change.
__asm__(".text\n"
        ".globl coro_switch\n"
        ".type coro_switch, @function\n"
        "coro_switch:\n"
        "    push %rbp\n"
        "    push %rbx\n"
        "    push %r12\n"
        "    push %r13\n"
        "    push %r14\n"
        "    push %r15\n"
        "    mov %rsp, (%rdi)\n" // where I stay ...
        "    mov %rsi, %rsp\n"   // ... and where I go on
        "    pop %r15\n"
        "    pop %r14\n"
        "    pop %r13\n"
        "    pop %r12\n"
        "    pop %rbx\n"
        "    pop %rbp\n"
        "    pop %rcx\n"  // a ret, but one that the processor does not take
        "    jmp *%rcx\n" // for the end of the latest call, which it is not

        ".size coro_switch, .-coro_switch\n");

enum { ENTRY_WORD = 6, FRAME_WORDS = 8 };
#elif defined(__aarch64__)
// x19 to x30 and d8 to d15 (AAPCS64, section 6.1).
__asm__(".text\n"
        ".globl coro_switch\n"
        ".type coro_switch, %function\n"
        "coro_switch:\n"
        "    sub sp, sp, #160\n"
        "    stp x19, x20, [sp, #0]\n"
        "    stp x21, x22, [sp, #16]\n"
        "    stp x23, x24, [sp, #32]\n"
        "    stp x25, x26, [sp, #48]\n"
        "    stp x27, x28, [sp, #64]\n"
        "    stp x29, x30, [sp, #80]\n"
        "    stp d8, d9, [sp, #96]\n"
        "    stp d10, d11, [sp, #112]\n"
        "    stp d12, d13, [sp, #128]\n"
        "    stp d14, d15, [sp, #144]\n"
        "    mov x9, sp\n"
        "    str x9, [x0]\n" // where I stay ...
        "    mov sp, x1\n"   // ... and where I go on
        "    ldp x19, x20, [sp, #0]\n"
        "    ldp x21, x22, [sp, #16]\n"
        "    ldp x23, x24, [sp, #32]\n"
        "    ldp x25, x26, [sp, #48]\n"
        "    ldp x27, x28, [sp, #64]\n"
        "    ldp x29, x30, [sp, #80]\n"
        "    ldp d8, d9, [sp, #96]\n"
        "    ldp d10, d11, [sp, #112]\n"
        "    ldp d12, d13, [sp, #128]\n"
        "    ldp d14, d15, [sp, #144]\n"
        "    add sp, sp, #160\n"
        "    ret\n"
        ".size coro_switch, .-coro_switch\n");

enum { ENTRY_WORD = 11, FRAME_WORDS = 22 };
#else
enum { ENTRY_WORD = 0, FRAME_WORDS = 2 };

void coro_switch(void **save, void *to)
{
    (void)save;
    (void)to;
    abort(); // CORO_SWITCH_EXISTS is 0: nobody calls it
}
#endif

// A frame as coro_switch leaves it: zeros for the registers, then where to.
void *coro_switch_prepare(void *low, size_t bytes, void (*entry)(void))
{
    uintptr_t top = ((uintptr_t)low + bytes) & ~(uintptr_t)15;
    void **frame = (void **)top - FRAME_WORDS;

    memset(frame, 0, FRAME_WORDS * sizeof *frame);
    frame[ENTRY_WORD] = (void *)entry;
    return frame;
}
