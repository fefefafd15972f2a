// plain_list.c - two threads push to a list without a lock
#include "together.h"

struct item {
    struct item *next;
    int value;
};

static struct item *top, items[2];
static int length;

static void *push(void *argument)
{
    struct item *item = &items[me(argument)];

    item->value = me(argument) + 1;
    item->next = top;
    top = item;
    return NULL;
}

int main(void)
{
    together(push, push, NULL, NULL);
    for (struct item *item = top; item; item = item->next)
        length++;
    return 0;
}
