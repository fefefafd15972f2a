// does_nothing.c - has no lock at all: every thread goes on
#include "gil.h"

void gil_init(struct gil *gil, long interval_us)
{
    (void)gil, (void)interval_us;
}

void gil_take(struct gil *gil)
{
    (void)gil;
}

void gil_release(struct gil *gil)
{
    (void)gil;
}

void gil_check(struct gil *gil)
{
    (void)gil;
}
