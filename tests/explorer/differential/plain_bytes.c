// plain_bytes.c - neighbours of one byte each: they do not disturb each other
#include <stdbool.h>

#include "together.h"

static bool ready[4];
static char letter[4], seen[2];

static void *left(void *argument)
{
    (void)argument;
    ready[0] = true;
    letter[1] = 'a';
    seen[0] = (char)(ready[2] ? letter[3] : '-');
    return NULL;
}

static void *right(void *argument)
{
    (void)argument;
    letter[3] = 'b';
    ready[2] = true;
    seen[1] = (char)(ready[0] ? letter[1] : '-');
    return NULL;
}

int main(void)
{
    together(left, right, NULL, NULL);
    return 0;
}
