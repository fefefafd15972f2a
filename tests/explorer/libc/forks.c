// forks.c - fork is beyond the explorer
// Expect: refused fork
#include <unistd.h>

int main(void)
{
    return fork() == 0;
}
