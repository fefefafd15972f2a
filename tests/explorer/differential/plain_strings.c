// plain_strings.c - memory moved by library functions while others write
#include <string.h>

#include "together.h"

static char from[12] = "abcdefgh", to[12];
static int length;

static void *copy(void *argument)
{
    (void)argument;
    memcpy(to, from, 8);
    return NULL;
}

static void *change(void *argument)
{
    (void)argument;
    from[2] = '\0';
    memset(to + 4, '.', 4);
    return NULL;
}

static void *measure(void *argument)
{
    (void)argument;
    length = (int)strlen(from);
    return NULL;
}

int main(void)
{
    together(copy, change, measure, NULL);
    return 0;
}
