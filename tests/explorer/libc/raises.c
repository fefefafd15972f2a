// raises.c - a signal that nobody handles
// Expect: failed crash
#include <signal.h>

int main(void)
{
    raise(SIGTERM);
    return 0;
}
