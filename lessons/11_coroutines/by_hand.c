// by_hand.c - the same with what POSIX has: four calls and a piece of memory
// Run:    make run-by_hand
// Expect: the two stacks far from each other, one value kept over three stays
// Why:    a context is the registers; whoever changes the stack pointer and the
//         next instruction is somewhere else
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { STACK_BYTES = 64 * 1024 };

static ucontext_t of_main, of_other; // who does not run has its registers here
static uintptr_t other_variable;     // where one of its variables lies
static int visits;

static void other(void)
{
    int mine = 0;

    other_variable = (uintptr_t)&mine;
    for (;;) {
        visits = ++mine;
        MUST(swapcontext(&of_other, &of_main)); // [back]
    }
}

int main(void)
{
    char *stack = MUST(malloc(STACK_BYTES));

    MUST(getcontext(&of_other)); // [make]
    of_other.uc_stack.ss_sp = stack;
    of_other.uc_stack.ss_size = STACK_BYTES;
    makecontext(&of_other, other, 0);
    for (int i = 0; i < 3; i++)
        MUST(swapcontext(&of_main, &of_other)); // [there]

    int in_malloc = other_variable >= (uintptr_t)stack &&
                    other_variable < (uintptr_t)stack + STACK_BYTES;
    printf("the other one has been here %d times\n", visits);
    printf("its variable lies %s\n",
           in_malloc ? "in what malloc gave" : "somewhere else");
    fact("visits", visits);
    fact("variable_in_malloc", in_malloc);
    free(stack);
    return 0;
}
