// calls.h - every system call, seen through the kernel's Syscall User Dispatch
//
// Once a thread is armed, each system call instruction outside this library's
// text raises SIGSYS in it instead of calling the kernel. The handler writes
// CALL_BEGIN, makes the call itself, writes CALL_END and returns as if nothing
// had been between. Linux on x86-64, from 5.11 on; elsewhere calls_arm does
// nothing and calls_possible (calls_probe.h) says so before.
//
// - What is seen: all calls from the arming on, of all threads and of children
//   by fork, vfork and clone from their first instruction on. execve, exit and
//   rt_sigreturn have no CALL_END, for they do not return; a failed execve has.
// - What is not: what happened before the constructor (ld.so's own calls, which
//   telar-run sees by ptrace where it may: tools/recorder/loading.h), static
//   programs, clones that share their parent's thread-local memory without
//   stopping it, a thread that takes its own stack away, a process that is
//   traced (gdb, strace) from its beginning on or runs under valgrind, and all
//   that comes after the program has asked for a seccomp filter or a dispatch
//   of its own: from then on its calls go to the kernel directly, and a NOTE
//   ending in "unseen from here on" says so.
// - A call that the kernel begins again after a signal (SA_RESTART) is one call
//   here, two for strace; a handler of the program's for SIGSYS returns without
//   rt_sigreturn. A debugger that comes later is told of every SIGSYS.
// - The handler needs some 4 KiB below the stack pointer, nearly all of it what
//   the kernel saves for any handler. Where the program has its handler of
//   SIGSYS on another stack (SA_ONSTACK, as Go does) ours is there as well.
// - SIGSYS cannot be blocked or taken away, but the program is told otherwise:
//   what it asked for is kept aside and told back (not in sa_mask).
//
// Interface: calls_arm.
// Threads: each arms itself; async-signal-safe.
// Ownership: none; nothing has to be given back.
#ifndef TELAR_CALLS_H
#define TELAR_CALLS_H

// Arms the calling thread; nothing happens when it is armed already. The
// constructor calls it last, each new thread first: it needs inside_task(). A
// child needs nothing (it is armed as its parent was).
void calls_arm(void);

#endif
