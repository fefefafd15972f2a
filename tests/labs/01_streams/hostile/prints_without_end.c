// prints_without_end.c - floods its standard output
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tally.h"

int tally(void)
{
    for (;;)
        puts("120");
}
