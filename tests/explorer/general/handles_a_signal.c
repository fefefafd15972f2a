// handles_a_signal.c - a handler that nobody calls but the program itself
// Expect: sampled; says handles_a_signal.c:17
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t caught;

static void catch (int signal)
{
    caught += signal == SIGUSR1;
}

int main(void)
{
    struct sigaction action = {.sa_handler = catch};

    sigaction(SIGUSR1, &action, NULL);
    alarm(10);
    raise(SIGUSR1);
    return caught != 1;
}
