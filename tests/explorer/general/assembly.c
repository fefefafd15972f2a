// assembly.c - a lock that nobody sees: not judged, rather than called a race
// Expect: refused assembly
#include <pthread.h>

static int taken, counter;

static int take(void)
{
    int was = 1;

#ifdef __x86_64__
    __asm__ __volatile__("xchgl %0, %1" : "+r"(was), "+m"(taken) : : "memory");
#else
    __asm__ __volatile__("ldr %w0, %1" : "=r"(was) : "m"(taken) : "memory");
#endif
    return was;
}

static void *count(void *unused)
{
    while (take())
        continue;
    counter++;
    __atomic_store_n(&taken, 0, __ATOMIC_SEQ_CST);
    return unused;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, count, NULL);
    count(NULL);
    pthread_join(thread, NULL);
    return 0;
}
