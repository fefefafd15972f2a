// together.h - starts the threads of a small program and waits for them
//
// Interface: together, me.
// Threads: up to four, argument: their number from 0. Ownership: none.
#ifndef TELAR_TOGETHER_H
#define TELAR_TOGETHER_H

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef void *routine(void *);

static inline int me(void *argument)
{
    return (int)(intptr_t)argument;
}

// Those that are not NULL; returns when all have ended.
static inline void together(routine *a, routine *b, routine *c, routine *d)
{
    routine *start[] = {a, b, c, d};
    pthread_t thread[4];

    for (intptr_t i = 0; i < 4; i++)
        if (start[i])
            pthread_create(&thread[i], NULL, start[i], (void *)i);
    for (int i = 0; i < 4; i++)
        if (start[i])
            pthread_join(thread[i], NULL);
}

#endif
