// atomic_ticket.c - tickets, and the one that is served
#include <stdatomic.h>

#include "together.h"

static atomic_uint next_ticket, served;
static int order[2], count;

static void *enter(void *argument)
{
    unsigned mine = atomic_fetch_add(&next_ticket, 1);

    while (atomic_load(&served) != mine)
        ;
    order[count++] = me(argument);
    atomic_fetch_add(&served, 1);
    return NULL;
}

int main(void)
{
    together(enter, enter, NULL, NULL);
    return 0;
}
