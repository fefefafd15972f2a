// crash_in_some.c - a pointer is NULL in some schedules
#include "together.h"

static int value = 4, *pointer = &value, seen;

static void *clear(void *argument)
{
    (void)argument;
    pointer = NULL;
    return NULL;
}

static void *use(void *argument)
{
    (void)argument;
    if (pointer)
        seen = *pointer;
    return NULL;
}

int main(void)
{
    together(clear, use, NULL, NULL);
    return 0;
}
