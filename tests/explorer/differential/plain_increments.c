// plain_increments.c - two threads increment one counter, twice each
#include "together.h"

static int counter;

static void *add(void *argument)
{
    (void)argument;
    counter++;
    counter++;
    return NULL;
}

int main(void)
{
    together(add, add, NULL, NULL);
    return 0;
}
