// leaves_by_system_call.c - ends the process behind the back of everybody
#include <sys/syscall.h>
#include <unistd.h>

#include "gil.h"

static void leave(void)
{
    syscall(SYS_exit_group, 0);
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
