// one_at_a_time.c - while one thread has it no other one has, before and after
// a look whether it is asked for
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#include "gil.h"

static struct gil gil;
static atomic_int inside;

static void instruction(void)
{
    inside++;
    assert(inside == 1);
    inside--;
}

static void *have_it(void *unused)
{
    gil_take(&gil);
    instruction();
    gil_check(&gil);
    instruction();
    gil_release(&gil);
    return unused;
}

int main(void)
{
    pthread_t other;

    gil_init(&gil, 5000);
    pthread_create(&other, NULL, have_it, NULL);
    have_it(NULL);
    pthread_join(other, NULL);
    return 7; // .status of the promise: here, and nowhere else
}
