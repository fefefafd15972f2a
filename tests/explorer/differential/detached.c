// detached.c - nobody joins; the process ends when all have ended
#include "together.h"

static int x, seen;

static void *work(void *argument)
{
    (void)argument;
    x++;
    return NULL;
}

static void *look(void *argument)
{
    (void)argument;
    seen = x;
    return NULL;
}

int main(void)
{
    pthread_attr_t attributes;
    pthread_t thread;

    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_create(&thread, &attributes, work, NULL);
    pthread_create(&thread, &attributes, work, NULL);
    pthread_attr_destroy(&attributes);
    pthread_create(&thread, NULL, look, NULL);
    pthread_detach(thread);
    pthread_exit(NULL);
}
