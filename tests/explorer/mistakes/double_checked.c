// expect: data_race
// A configuration that is read when it is first needed; the first look is free
// of charge, and free of locks.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct config {
    int port, users;
};

static struct config *config = NULL;
static pthread_mutex_t config_lock = PTHREAD_MUTEX_INITIALIZER;

static struct config *read_config(void)
{
    struct config *c = malloc(sizeof *c);

    c->port = 8080;
    c->users = 5;
    return c;
}

struct config *get_config(void)
{
    if (config == NULL) {
        pthread_mutex_lock(&config_lock);
        if (config == NULL)
            config = read_config();
        pthread_mutex_unlock(&config_lock);
    }
    return config;
}

void *server(void *arg)
{
    printf("port %d\n", get_config()->port);
    return NULL;
}

int main(void)
{
    pthread_t servers[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&servers[i], NULL, server, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(servers[i], NULL);
    free(config);
    return 0;
}
