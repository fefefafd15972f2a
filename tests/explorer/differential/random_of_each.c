// random_of_each.c - random numbers do not depend on the schedule
#include "together.h"

static int number[2], last;

static void *draw(void *argument)
{
    last = me(argument);
    number[me(argument)] = rand() % 100;
    return NULL;
}

int main(void)
{
    together(draw, draw, NULL, NULL);
    return 0;
}
