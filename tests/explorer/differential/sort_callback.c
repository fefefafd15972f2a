// sort_callback.c - a library function calls back into the program
#include "together.h"

static int direction = 1, list[2][2] = {{2, 1}, {4, 3}};

static int compare(const void *a, const void *b)
{
    return direction * (*(const int *)a - *(const int *)b);
}

static void *sort(void *argument)
{
    qsort(list[me(argument)], 2, sizeof list[0][0], compare);
    return NULL;
}

static void *turn_round(void *argument)
{
    (void)argument;
    direction = -1;
    return NULL;
}

int main(void)
{
    together(sort, sort, turn_round, NULL);
    return 0;
}
