// refused: uses (kill|getpid)
#include <signal.h>
#include <unistd.h>

void lab(void)
{
    kill(getpid(), 9);
}
