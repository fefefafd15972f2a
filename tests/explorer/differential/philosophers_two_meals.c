// philosophers_two_meals.c - two at one table; the second meal may deadlock
#include "together.h"

static pthread_mutex_t fork_[2] = {PTHREAD_MUTEX_INITIALIZER,
                                   PTHREAD_MUTEX_INITIALIZER};
static int meals[2], order[4], count;

static void *dine(void *argument)
{
    int i = me(argument);

    for (int meal = 0; meal < 2; meal++) {
        int first = meal == 0 ? 0 : i;

        pthread_mutex_lock(&fork_[first]);
        pthread_mutex_lock(&fork_[1 - first]);
        meals[i]++;
        order[count++] = i;
        pthread_mutex_unlock(&fork_[1 - first]);
        pthread_mutex_unlock(&fork_[first]);
    }
    return NULL;
}

int main(void)
{
    together(dine, dine, NULL, NULL);
    return 0;
}
