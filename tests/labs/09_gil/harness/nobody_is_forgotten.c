// nobody_is_forgotten.c - three threads take it once each, and all of them end
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#include "gil.h"

static struct gil gil;
static atomic_int inside;

static void *have_it(void *unused)
{
    gil_take(&gil);
    inside++;
    assert(inside == 1);
    inside--;
    gil_release(&gil);
    return unused;
}

int main(void)
{
    pthread_t first, second;

    gil_init(&gil, 0);
    pthread_create(&first, NULL, have_it, NULL);
    pthread_create(&second, NULL, have_it, NULL);
    have_it(NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    have_it(NULL); // nobody has it any more
    return 7;      // .status of the promise: here, and nowhere else
}
