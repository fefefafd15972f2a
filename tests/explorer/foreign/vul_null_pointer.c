// expect: crash,data_race
// One clears a pointer between another one's check and use.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct device {
    int (*read)(void);
    int users;
};

static int read_port(void)
{
    return 7;
}
static struct device dev = {read_port, 1};
static struct device *volatile current = &dev;
static pthread_barrier_t go;

static void *unplug(void *arg)
{
    pthread_barrier_wait(&go);
    current = NULL;
    return NULL;
}

static void *use(void *arg)
{
    pthread_barrier_wait(&go);
    if (current != NULL)
        printf("%d\n", current->read());
    return NULL;
}

int main(void)
{
    pthread_t a, b;

    pthread_barrier_init(&go, NULL, 2);
    pthread_create(&a, NULL, unplug, NULL);
    pthread_create(&b, NULL, use, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    pthread_barrier_destroy(&go);
    return 0;
}
