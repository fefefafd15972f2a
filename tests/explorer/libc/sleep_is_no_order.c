// sleep_is_no_order.c - who sleeps long enough is still not ordered
// Expect: failed data_race
#include <pthread.h>
#include <unistd.h>

static int result;

static void *work(void *argument)
{
    result = 42;
    return argument;
}

int main(void)
{
    pthread_t thread;
    int seen;

    pthread_create(&thread, NULL, work, NULL);
    sleep(1);
    seen = result;
    pthread_join(thread, NULL);
    return seen != 42;
}
