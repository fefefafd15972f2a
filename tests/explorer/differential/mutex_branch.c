// mutex_branch.c - which mutex is locked depends on who was first
#include "together.h"

static pthread_mutex_t lock[2] = {PTHREAD_MUTEX_INITIALIZER,
                                  PTHREAD_MUTEX_INITIALIZER};
static int chosen, order[3], count;

static void *choose(void *argument)
{
    pthread_mutex_lock(&lock[0]);
    chosen = 1;
    order[count++] = me(argument);
    pthread_mutex_unlock(&lock[0]);
    return NULL;
}

static void *follow(void *argument)
{
    int which = chosen;

    pthread_mutex_lock(&lock[which]);
    order[count++] = me(argument) + 10 * which;
    pthread_mutex_unlock(&lock[which]);
    return NULL;
}

int main(void)
{
    together(choose, follow, NULL, NULL);
    return 0;
}
