// stop.c - Ctrl-C, a hang-up, a kill, a reader that went away
#include <stdbool.h>
#include <stdio.h>

#include "runtime/must.h"
#include "tools/course/terminal.h"
#include "tools/player/stop.h"

volatile sig_atomic_t stop_signal;

static void note(int number)
{
    stop_signal = number;
}

void stop_setup(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESETHAND};

    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        MUST(sigaction(signals[i], &action, NULL));
}

void stop_as_told(void)
{
    if (!stop_signal)
        return;
    MUST(signal(stop_signal, SIG_DFL) == SIG_ERR ? -1 : 0);
    raise(stop_signal);
}

int stop_flushed(int status)
{
    bool written = fflush(stdout) == 0 && !ferror(stdout);

    return !written && stop_signal ? 2 : terminal_written(status);
}
