// calls_possible.c - asks the recorder whether calls can be seen here, and for
// the totals of a child that wrote ten times
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/must.h"
#include "tools/recorder/calls_probe.h"

static void print_totals(void)
{
    struct calls_totals totals;
    siginfo_t info;
    pid_t child = MUST(fork());

    for (int i = 0; child == 0 && i < 10; i++)
        write(2, "12345", 5);
    if (child == 0)
        _exit(0);
    MUST(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT));
    if (calls_totals(child, &totals))
        printf("%d writes, %d bytes\n", (int)totals.writes,
               (int)totals.written_bytes);
    else
        puts("not counted");
    MUST(waitpid(child, NULL, 0));
}

int main(void)
{
    char why[256];

    print_totals();
    if (calls_possible(why, sizeof why))
        return 0;
    puts(why);
    return 1;
}
