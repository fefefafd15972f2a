// prints.c - what is printed is not what is shared
#include "together.h"

static int x;

static void *work(void *argument)
{
    x += me(argument) + 1;
    printf("%d\n", x);
    return NULL;
}

int main(void)
{
    together(work, work, NULL, NULL);
    printf("total %d\n", x);
    return 0;
}
