// leaves_a_child.c - leaves a process behind that holds both outputs open
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tally.h"

int tally(void)
{
    if (fork() == 0)
        for (;;)
            pause();
    return ALL_GOOD;
}
