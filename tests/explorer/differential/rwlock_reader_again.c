// rwlock_reader_again.c - reads inside reading, while another one would write
#include "together.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int data, seen[2];

static void *look_twice(void *argument)
{
    pthread_rwlock_rdlock(&lock);
    seen[0] = data;
    pthread_rwlock_rdlock(&lock);
    seen[1] = data;
    pthread_rwlock_unlock(&lock);
    pthread_rwlock_unlock(&lock);
    return argument;
}

static void *change(void *argument)
{
    pthread_rwlock_wrlock(&lock);
    data++;
    pthread_rwlock_unlock(&lock);
    return argument;
}

int main(void)
{
    together(look_twice, change, change, NULL);
    return 0;
}
