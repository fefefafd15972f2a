// call_price.c - a call into the kernel costs many calls inside the program
// Run:    make run-call_price
// Expect: a few ns for a function, tens or hundreds for a system call
// Why:    the processor has to change over to the kernel, which checks what it
//         is asked for, and back; a function is a jump
#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"
#include "runtime/stats.h"

enum { ROUNDS = 41, CALLS = 2000 };

static int file; // has one byte

__attribute__((noinline)) static void call_function(void)
{
    __asm__ volatile(""); // or the compiler leaves the call out
}

static void call_kernel(void)
{
    syscall(SYS_getppid); // [kernel]
}

static void read_one_byte(void)
{
    char byte;

    MUST(pread(file, &byte, 1, 0));
}

// Nanoseconds for one call of these, as the average of CALLS.
static double measure(void (*call)(void))
{
    struct timespec from, to;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    for (int i = 0; i < CALLS; i++)
        call();
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    return ((double)(to.tv_sec - from.tv_sec) * 1e9 +
            (double)(to.tv_nsec - from.tv_nsec)) /
           CALLS;
}

int main(void)
{
    void (*const calls[])(void) = {call_function, call_kernel, read_one_byte};
    static double ns[3][ROUNDS];
    struct stats price[3];

    file = fileno(MUST(tmpfile()));
    MUST(write(file, "x", 1));
    for (int round = 0; round < ROUNDS; round++) // in turns, so that a busy
        for (int i = 0; i < 3; i++)              // moment hits all of them
            ns[i][round] = measure(calls[i]);
    for (int i = 0; i < 3; i++)
        stats_of(ns[i], ROUNDS, &price[i]);

    printf("a function:        %7.1f ns\n", price[0].median);
    printf("a system call:     %7.1f ns\n", price[1].median);
    printf("reading one byte:  %7.1f ns\n", price[2].median);
    fact("function_ps", (long long)(1000 * price[0].median));
    fact("system_call_ps", (long long)(1000 * price[1].median));
    fact("one_byte_ps", (long long)(1000 * price[2].median));
    fact("functions_in_a_read", (long long)(price[2].median / price[0].median));
    return 0;
}
