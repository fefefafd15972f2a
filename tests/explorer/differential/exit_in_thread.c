// exit_in_thread.c - a thread ends the process with what it sees
#include "together.h"

static int x, y;

static void *leave(void *argument)
{
    (void)argument;
    y = x + 1;
    exit(y);
}

static void *work(void *argument)
{
    (void)argument;
    x = 1;
    x = 2;
    return NULL;
}

int main(void)
{
    together(work, leave, NULL, NULL);
    return 0;
}
