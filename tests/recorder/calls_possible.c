// calls_possible.c - asks the recorder whether calls can be seen here
#include <stdio.h>

#include "tools/recorder/calls_probe.h"

int main(void)
{
    char why[256];

    if (calls_possible(why, sizeof why))
        return 0;
    puts(why);
    return 1;
}
