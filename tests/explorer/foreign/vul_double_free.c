// expect: double_free,data_race
// Two ways to close a connection, each frees its buffer.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct connection {
    int open;
    char *buffer;
};

static struct connection *conn;

static void close_connection(struct connection *c)
{
    if (c->buffer) {
        free(c->buffer);
        c->buffer = NULL;
    }
    c->open = 0;
}

static void *timeout_handler(void *arg)
{
    usleep(100);
    close_connection(conn);
    return NULL;
}

static void *user_disconnect(void *arg)
{
    close_connection(conn);
    return NULL;
}

int main(void)
{
    pthread_t a, b;

    conn = malloc(sizeof *conn);
    conn->open = 1;
    conn->buffer = malloc(128);
    memset(conn->buffer, 'x', 128);
    pthread_create(&a, NULL, timeout_handler, NULL);
    pthread_create(&b, NULL, user_disconnect, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    free(conn);
    return 0;
}
