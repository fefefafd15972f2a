// plain_pointer.c - through a pointer that another thread moves
#include "together.h"

static int x, y, *target = &x;
static int seen;

static void *aim(void *argument)
{
    (void)argument;
    target = &y;
    seen = x;
    return NULL;
}

static void *shoot(void *argument)
{
    *target = me(argument);
    return NULL;
}

int main(void)
{
    together(aim, shoot, shoot, NULL);
    return 0;
}
