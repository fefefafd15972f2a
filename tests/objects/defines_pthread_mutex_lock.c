// refused: name that is taken
#include <pthread.h>

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    return mutex == 0;
}
