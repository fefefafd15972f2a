// thread_local.c - a variable of which each thread has its own
#include "together.h"

static _Thread_local int mine = 5;
static int total, seen[3];

static void add(int value)
{
    mine += value;
}

static void *work(void *argument)
{
    add(me(argument));
    total += mine;
    add(1);
    seen[me(argument)] = mine;
    return NULL;
}

int main(void)
{
    mine = 70;
    together(work, work, NULL, NULL);
    seen[2] = mine;
    return 0;
}
