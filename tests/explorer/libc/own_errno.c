// own_errno.c - each thread has its errno
// Expect: proved
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <unistd.h>

static void *fail(void *argument)
{
    assert(write(77, "x", 1) == -1 && errno == EBADF);
    return argument;
}

int main(void)
{
    pthread_t thread;

    errno = ENOMEM;
    pthread_create(&thread, NULL, fail, NULL);
    pthread_join(thread, NULL);
    assert(errno == ENOMEM);
    return 0;
}
