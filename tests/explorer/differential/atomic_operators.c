// atomic_operators.c - the operators of C11 on atomic objects
#include <stdatomic.h>
#include <stdbool.h>

#include "together.h"

static _Atomic unsigned count;
static _Atomic bool ready;
static unsigned seen[3];

static void *work(void *argument)
{
    seen[me(argument)] = count++;
    ready = count == 2;
    return NULL;
}

static void *watch(void *argument)
{
    seen[me(argument)] = ready ? count : 99;
    count += 5;
    return NULL;
}

int main(void)
{
    together(work, work, watch, NULL);
    return 0;
}
