// sections_that_undo.c - an assumption at the end of a section
#include <pthread.h>
void __VERIFIER_assume(int);
int m, x, y, got;
static void __VERIFIER_atomic_acq(void)
{
    x++;
    __VERIFIER_assume(m == 0);
    m = 1;
}
static void __VERIFIER_atomic_rel(void)
{
    m = 0;
}
static void *t(void *u)
{
    __VERIFIER_atomic_acq();
    y = y * 2 + (int)(long)u;
    __VERIFIER_atomic_rel();
    got += y;
    return u;
}
int main()
{
    pthread_t a, b;
    pthread_create(&a, 0, t, (void *)1);
    pthread_create(&b, 0, t, (void *)2);
    return 0;
}
