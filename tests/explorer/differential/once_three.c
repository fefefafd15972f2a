// once_three.c - one of three runs the routine, all see what it did
#include "together.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int value, runs, seen[3], last;

static void prepare(void)
{
    runs++;
    value = 42;
}

static void *use(void *argument)
{
    pthread_once(&once, prepare);
    seen[me(argument)] = value;
    last = me(argument);
    return NULL;
}

int main(void)
{
    together(use, use, use, NULL);
    return 0;
}
