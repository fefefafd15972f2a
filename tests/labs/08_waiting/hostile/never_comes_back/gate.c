// gate.c - loops in every function, without an end

#include "gate.h"

static void leave(void)
{
    for (volatile int i = 0;; i++)
        ;
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
