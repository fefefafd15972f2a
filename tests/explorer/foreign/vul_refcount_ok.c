// expect: proved
// The last of three who let go frees the object: an atomic count.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct object {
    atomic_int references;
    int payload;
};

static void put(struct object *o)
{
    if (atomic_fetch_sub(&o->references, 1) == 1)
        free(o);
}

static void *user(void *arg)
{
    struct object *o = arg;

    assert(o->payload == 5);
    put(o);
    return NULL;
}

int main(void)
{
    struct object *o = malloc(sizeof *o);
    pthread_t a, b;

    atomic_init(&o->references, 3);
    o->payload = 5;
    pthread_create(&a, NULL, user, o);
    pthread_create(&b, NULL, user, o);
    put(o);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
