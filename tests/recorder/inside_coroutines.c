// inside_coroutines.c - two threads, two coroutines each, five turns of each; one
// resumes another of its own
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

enum { TURNS = 5, STACK = 65536 };

struct pair {
    ucontext_t outside[2], own[2], nested, from_nested;
    int turns[2], nested_turns;
};

static _Thread_local struct pair *pair;
static _Thread_local int which;

static void nested(void)
{
    pair->nested_turns++;
    setcontext(&pair->from_nested);
}

static void play(void)
{
    int me = which;

    for (;;) {
        pair->turns[me]++;
        if (me == 1 && pair->turns[me] == 2)
            swapcontext(&pair->from_nested, &pair->nested);
        swapcontext(&pair->own[me], &pair->outside[me]);
    }
}

static void make(ucontext_t *context, void (*entry)(void))
{
    getcontext(context);
    context->uc_stack.ss_sp = malloc(STACK);
    context->uc_stack.ss_size = STACK;
    makecontext(context, entry, 0);
}

static void *run(void *result)
{
    pair = calloc(1, sizeof *pair);
    make(&pair->own[0], play);
    make(&pair->own[1], play);
    make(&pair->nested, nested);
    for (int i = 0; i < TURNS; i++)
        for (which = 0; which < 2; which++)
            swapcontext(&pair->outside[which], &pair->own[which]);
    *(int *)result =
        pair->turns[0] * 100 + pair->turns[1] * 10 + pair->nested_turns;
    return NULL;
}

int main(void)
{
    int results[2];
    pthread_t other;

    pthread_create(&other, NULL, run, &results[1]);
    run(&results[0]);
    pthread_join(other, NULL);
    printf("%d %d\n", results[0], results[1]);
    return results[0] != 551 || results[1] != 551;
}
