// refused: by its own name
#include <pthread.h>

void lab(void)
{
    pthread_t thread;

    pthread_create(&thread, 0, (void *(*)(void *))0x401000, 0);
}
