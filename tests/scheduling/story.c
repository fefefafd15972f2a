// story.c - a lock that changes hands, a sleep and a child, long enough to see
#include <pthread.h>
#include <stdint.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int turn; // guarded by lock

static uint64_t cpu_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void burn(uint64_t ms)
{
    uint64_t end = cpu_ms() + ms;

    while (cpu_ms() < end)
        for (volatile int i = 0; i < 10000; i++)
            ;
}

static void await_turn(int mine)
{
    pthread_mutex_lock(&lock);
    while (turn != mine)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
}

static void pass_turn(int to)
{
    pthread_mutex_lock(&lock);
    turn = to;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

static void *second(void *nothing)
{
    await_turn(1);
    burn(40);
    pass_turn(2);
    await_turn(3);
    burn(40);
    return nothing;
}

int main(void)
{
    const struct timespec nap = {0, 60000000};
    pthread_t thread;

    pthread_create(&thread, NULL, second, NULL);
    burn(40);
    pass_turn(1);
    await_turn(2);
    burn(40);
    nanosleep(&nap, NULL);
    if (fork() == 0) {
        burn(40);
        nanosleep(&nap, NULL);
        burn(40);
        _exit(0);
    }
    wait(NULL);
    pass_turn(3);
    pthread_join(thread, NULL);
    return 0;
}
