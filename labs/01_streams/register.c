// register.c - the other parts of the cash register (given, do not edit)
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tally.h"

bool parse_amount(const char *line, long *amount)
{
    char *end;

    errno = 0;
    *amount = strtol(line, &end, 10);
    return end != line && *end == '\0' && errno == 0;
}

void announce(long amount)
{
    pid_t child = fork();

    if (child == 0) {
        fprintf(stderr, "large sale: %ld\n", amount);
        exit(0); // whoever wrote this did not know _exit
    }
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
}

void switch_off(int status)
{
    _exit(status);
}
