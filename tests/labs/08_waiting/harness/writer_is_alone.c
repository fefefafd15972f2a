// writer_is_alone.c - while a writer is inside nobody else is: no reader, no
// other writer
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#include "rw.h"

static struct rw rw;
static atomic_int readers_inside, writers_inside;

static void *write_once(void *unused)
{
    rw_begin_write(&rw);
    writers_inside++;
    assert(writers_inside == 1);
    assert(readers_inside == 0);
    writers_inside--;
    rw_end_write(&rw);
    return unused;
}

static void read_once(void)
{
    rw_begin_read(&rw);
    readers_inside++;
    assert(writers_inside == 0);
    readers_inside--;
    rw_end_read(&rw);
}

int main(void)
{
    pthread_t first, second;

    rw_init(&rw);
    pthread_create(&first, NULL, write_once, NULL);
    pthread_create(&second, NULL, write_once, NULL);
    read_once();
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    return 0;
}
