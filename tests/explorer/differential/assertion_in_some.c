// assertion_in_some.c - an assertion that some schedules break
#include <assert.h>

#include "together.h"

static int x, y, seen, other;

static void *set(void *argument)
{
    (void)argument;
    x = 1;
    y = 1;
    return NULL;
}

static void *check(void *argument)
{
    (void)argument;
    seen = x;
    assert(y >= seen);
    return NULL;
}

static void *busy(void *argument)
{
    (void)argument;
    other = 2 + x;
    return NULL;
}

int main(void)
{
    together(set, check, busy, NULL);
    return 0;
}
