// plain_static_local.c - a static variable inside a function is shared too
#include "together.h"

static int number[3];

static int next_number(void)
{
    static int last = 100;

    last++;
    return last;
}

static void *take(void *argument)
{
    number[me(argument)] = next_number();
    return NULL;
}

int main(void)
{
    together(take, take, NULL, NULL);
    return 0;
}
