// rw_forgets_nobody.c - a writer and two readers: whoever waits is woken
#include <pthread.h>
#include <stddef.h>

#include "rw.h"

static struct rw rw;

static void *read_once(void *unused)
{
    rw_begin_read(&rw);
    rw_end_read(&rw);
    return unused;
}

int main(void)
{
    pthread_t first, second;

    rw_init(&rw);
    pthread_create(&first, NULL, read_once, NULL);
    pthread_create(&second, NULL, read_once, NULL);
    rw_begin_write(&rw);
    rw_end_write(&rw);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    return 0;
}
