// atomic_stack.c - two push, one pops: a stack without locks
#include <stdatomic.h>

#include "together.h"

struct item {
    struct item *next;
    int value;
};

static _Atomic(struct item *) top;
static struct item items[2] = {{NULL, 1}, {NULL, 2}};
static int popped, left;

static void *push(void *argument)
{
    struct item *item = &items[me(argument)];

    item->next = atomic_load(&top);
    while (!atomic_compare_exchange_strong(&top, &item->next, item))
        ;
    return NULL;
}

static void *pop(void *argument)
{
    struct item *item = atomic_load(&top);

    (void)argument;
    while (item && !atomic_compare_exchange_strong(&top, &item, item->next))
        ;
    popped = item ? item->value : 0;
    return NULL;
}

int main(void)
{
    together(push, push, pop, NULL);
    for (struct item *item = atomic_load(&top); item; item = item->next)
        left += item->value;
    return 0;
}
