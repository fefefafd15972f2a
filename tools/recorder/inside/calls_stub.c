// calls_stub.c - what cannot be done from a signal handler's frame, in assembly
//
// A clone gives two returns of one call, and the child's may be on another
// stack. So the handler sends the program through one of these stubs, chosen
// by where the call returns to: it makes the call, and dispatches the child
// (dispatch is not inherited). Both then say so by a call outside the allowed
// range: the trap, whose handler sends each where it belongs. No register is
// lost but rcx and r11, which every call loses.
//
// Only mov, lea, push and pop: the flags stay as they were.
#include <stddef.h>

#include "tools/recorder/inside/calls_parts.h"

#if defined(__x86_64__)

_Static_assert(sizeof(struct calls_slot) == 24, "calls_stub.c computes it");
_Static_assert(offsetof(struct calls_slot, arms) == 8, "calls_stub.c reads it");

__asm__(
    // The one that unwinders know by its bytes.
    "    .text\n"
    "    .hidden calls_restorer, calls_stubs, calls_trap, calls_trapped\n"
    "    .hidden calls_kernel, calls_kernel_done\n"
    "    .globl calls_restorer, calls_stubs, calls_trap, calls_trapped\n"
    "    .globl calls_kernel, calls_kernel_done\n"

    // long calls_kernel(long number, const long arguments[6])
    "    .balign 16\n"
    "calls_kernel:\n"
    "    .cfi_startproc\n"
    "    mov %rdi, %rax\n"
    "    mov %rsi, %r9\n"
    "    mov (%r9), %rdi\n"
    "    mov 8(%r9), %rsi\n"
    "    mov 16(%r9), %rdx\n"
    "    mov 24(%r9), %r10\n"
    "    mov 32(%r9), %r8\n"
    "    mov 40(%r9), %r9\n"
    "    syscall\n"
    "calls_kernel_done:\n"
    "    ret\n"
    "    .cfi_endproc\n"

    "    .balign 16\n"
    "    nop\n"
    "calls_restorer:\n"
    "    mov $15, %rax\n" // rt_sigreturn
    "    syscall\n"

    "    .balign 32\n"
    "calls_stubs:\n"
    "    .set calls_i, 0\n"
    "    .rept 64\n"   // CALLS_STUBS
    "    .balign 32\n" // CALLS_STUB_BYTES
    "    syscall\n"
    "    lea -128(%rsp), %rsp\n" // below the red zone
    "    pushq $calls_i\n"
    "    push %rax\n"
    "    mov %rax, %rcx\n"
    "    jrcxz 1f\n"
    "    jmp calls_trap\n"
    "1:  jmp calls_child\n"
    "    .set calls_i, calls_i + 1\n"
    "    .endr\n"

    // On the stack: result 0, number of the stub.
    "calls_child:\n"
    "    push %rdi\n"
    "    push %rsi\n"
    "    push %rdx\n"
    "    push %r10\n"
    "    push %r8\n"
    "    mov $13, %eax\n" // rt_sigaction, for CLONE_CLEAR_SIGHAND
    "    mov $31, %edi\n" // SIGSYS
    "    lea calls_action(%rip), %rsi\n"
    "    mov $0, %edx\n"
    "    mov $8, %r10d\n"
    "    syscall\n"
    "    mov 48(%rsp), %rcx\n"
    "    lea (%rcx, %rcx, 2), %rcx\n"
    "    lea calls_slots(%rip), %r11\n"
    "    mov 8(%r11, %rcx, 8), %esi\n" // arms: 1 is ON, 0 is refused
    "    mov $157, %eax\n"             // prctl
    "    mov $59, %edi\n"              // PR_SET_SYSCALL_USER_DISPATCH
    "    mov calls_from(%rip), %rdx\n"
    "    mov calls_size(%rip), %r10\n"
    "    lea calls_selector(%rip), %r8\n"
    "    syscall\n"
    "    pop %r8\n"
    "    pop %r10\n"
    "    pop %rdx\n"
    "    pop %rsi\n"
    "    pop %rdi\n"
    "    jmp calls_trap\n"

    // Who is not dispatched makes a getpid here, and goes on below.
    "    .section telar_trap, \"ax\", @progbits\n"
    "calls_trap:\n"
    "    mov $39, %eax\n"
    "    syscall\n"
    "calls_trapped:\n"
    "    pop %rax\n"
    "    pop %rcx\n"
    "    lea 128(%rsp), %rsp\n"
    "    lea (%rcx, %rcx, 2), %rcx\n"
    "    lea calls_slots(%rip), %r11\n"
    "    mov (%r11, %rcx, 8), %rcx\n"
    "    jmp *%rcx\n"
    "    .text\n");

_Static_assert(CALLS_STUBS == 64 && CALLS_STUB_BYTES == 32, "as above");

#endif
