// never_comes_back.c - loops in every function, without an end
#include "gil.h"

static void leave(void)
{
    for (volatile int i = 0;; i++)
        ;
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
