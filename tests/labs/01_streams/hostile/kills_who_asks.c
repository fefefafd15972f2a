// kills_who_asks.c - ends the process that started it, and all it may
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tally.h"

int tally(void)
{
    kill(getppid(), SIGKILL);
    return ALL_GOOD;
}
