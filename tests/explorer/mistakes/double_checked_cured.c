// expect: proved
// A configuration that is read when it is first needed, by pthread_once.
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct config {
    int port, users;
};

static struct config *config = NULL;
static pthread_once_t config_once = PTHREAD_ONCE_INIT;

static void read_config(void)
{
    config = malloc(sizeof *config);
    config->port = 8080;
    config->users = 5;
}

struct config *get_config(void)
{
    pthread_once(&config_once, read_config);
    return config;
}

void *server(void *arg)
{
    assert(get_config()->port == 8080);
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
