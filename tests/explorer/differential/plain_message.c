// plain_message.c - data, then a flag; two who read flag, then data
#include "together.h"

static int data, flag, seen_flag[3], seen_data[3];

static void *send(void *argument)
{
    (void)argument;
    data = 7;
    flag = 1;
    return NULL;
}

static void *receive(void *argument)
{
    seen_flag[me(argument)] = flag;
    seen_data[me(argument)] = data;
    return NULL;
}

int main(void)
{
    together(send, receive, receive, NULL);
    return 0;
}
