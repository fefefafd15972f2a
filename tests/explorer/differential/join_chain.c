// join_chain.c - each joins the one that was made before it
#include "together.h"

static pthread_t thread[3];
static int x, seen[3];

static void *work(void *argument)
{
    int i = me(argument);

    seen[i] = x;
    if (i > 0)
        pthread_join(thread[i - 1], NULL);
    x = i + 1;
    return NULL;
}

int main(void)
{
    for (intptr_t i = 0; i < 3; i++)
        pthread_create(&thread[i], NULL, work, (void *)i);
    pthread_join(thread[2], NULL);
    return 0;
}
