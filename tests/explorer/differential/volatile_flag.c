// volatile_flag.c - waits in a loop for a volatile flag
#include "together.h"

static volatile int flag;
static int data, seen;

static void *give(void *argument)
{
    (void)argument;
    data = 5;
    flag = 1;
    data = 6;
    return NULL;
}

static void *take(void *argument)
{
    (void)argument;
    while (!flag)
        ;
    seen = data;
    return NULL;
}

int main(void)
{
    together(give, take, NULL, NULL);
    return 0;
}
