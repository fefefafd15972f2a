// sections_that_spin.c - a lock that is tried a few times
#include <pthread.h>
int lock, x, y;
static int __VERIFIER_atomic_tas(void)
{
    int o = lock;
    lock = 1;
    return o;
}
static void *t(void *u)
{
    for (int i = 0; i < 2 && __VERIFIER_atomic_tas(); i++)
        ;
    x = x * 3 + (int)(long)u;
    if ((long)u == 1)
        lock = 0;
    y += x;
    return u;
}
int main()
{
    pthread_t a, b;
    pthread_create(&a, 0, t, (void *)1);
    pthread_create(&b, 0, t, (void *)2);
    return 0;
}
