// freed_lock.c - the block with the mutex goes before its last user
// Expect: failed use_after_free
#include <pthread.h>
#include <stdlib.h>

struct account {
    pthread_mutex_t lock;
};

static void *use(void *argument)
{
    struct account *account = argument;

    pthread_mutex_lock(&account->lock);
    pthread_mutex_unlock(&account->lock);
    return NULL;
}

int main(void)
{
    struct account *account = malloc(sizeof *account);
    pthread_t thread;

    pthread_mutex_init(&account->lock, NULL);
    pthread_create(&thread, NULL, use, account);
    use(account);
    free(account);
    pthread_join(thread, NULL);
    return 0;
}
