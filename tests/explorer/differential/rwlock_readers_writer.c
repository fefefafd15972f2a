// rwlock_readers_writer.c - two who read, one who writes twice
#include "together.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int x, y, seen[2];

static void *look(void *argument)
{
    pthread_rwlock_rdlock(&lock);
    seen[me(argument)] = x + 10 * y;
    pthread_rwlock_unlock(&lock);
    return NULL;
}

static void *change(void *argument)
{
    for (int i = 0; i < 2; i++) {
        pthread_rwlock_wrlock(&lock);
        x++;
        y++;
        pthread_rwlock_unlock(&lock);
    }
    return argument;
}

int main(void)
{
    together(look, look, change, NULL);
    return 0;
}
