// refused: uses pthread_exit
#include <pthread.h>

void lab(void)
{
    pthread_exit(0);
}
