// writer_goes_first.c - a reader is inside, a writer waits: the reader that
// comes now comes in after the writer
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#include "rw.h"

static struct rw rw;
static atomic_int writer_has_written;

static void *write_once(void *unused)
{
    rw_begin_write(&rw);
    writer_has_written = 1;
    rw_end_write(&rw);
    return unused;
}

static void *read_later(void *unused)
{
    rw_begin_read(&rw);
    assert(writer_has_written);
    rw_end_read(&rw);
    return unused;
}

int main(void)
{
    pthread_t writer, reader;

    rw_init(&rw);
    rw_begin_read(&rw);
    pthread_create(&writer, NULL, write_once, NULL);
    while (rw.writers_waiting == 0)
        ; // until the writer has come: see rw.h
    pthread_create(&reader, NULL, read_later, NULL);
    rw_end_read(&rw);
    pthread_join(writer, NULL);
    pthread_join(reader, NULL);
    return 0;
}
