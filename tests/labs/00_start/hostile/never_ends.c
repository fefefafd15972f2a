// Runs for ever, ignores polite signals and leaves a child that does the same.
#include <signal.h>
#include <unistd.h>

#include "start.h"

static void loop(void)
{
    signal(SIGTERM, SIG_IGN);
    signal(SIGALRM, SIG_IGN);
    if (fork() == 0)
        setsid();
    for (volatile int i = 0;; i++)
        ;
}

int twice(int n)
{
    loop();
    return n;
}

long sum(const int *numbers, int count)
{
    return numbers[0] + count;
}

bool parse_long(const char *text, long *number)
{
    *number = *text;
    return true;
}
