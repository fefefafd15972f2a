// try_what_is_mine.c - a try says busy, even to who holds the lock
// Expect: proved; status 0
#include <errno.h>
#include <pthread.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

int main(void)
{
    pthread_rwlock_wrlock(&lock);
    if (pthread_rwlock_trywrlock(&lock) != EBUSY ||
        pthread_rwlock_tryrdlock(&lock) != EBUSY)
        return 1;
    if (pthread_rwlock_rdlock(&lock) != EDEADLK)
        return 2;
    return pthread_rwlock_unlock(&lock);
}
