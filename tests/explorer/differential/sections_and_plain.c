// sections_and_plain.c - sections among accesses that race
#include <pthread.h>
void __VERIFIER_atomic_begin(void);
void __VERIFIER_atomic_end(void);
void __VERIFIER_assume(int);
int x, y, z, w;
static void *t1(void *u)
{
    x = 1;
    __VERIFIER_atomic_begin();
    y = x + z;
    x = 2;
    __VERIFIER_atomic_end();
    z = y;
    return u;
}
static void *t2(void *u)
{
    z = 5;
    __VERIFIER_atomic_begin();
    w = y;
    y = 7;
    __VERIFIER_atomic_end();
    x = x + w;
    return u;
}
static void *t3(void *u)
{
    int a = x;
    w = a + y;
    return u;
}
int main()
{
    pthread_t a, b, c;
    pthread_create(&a, 0, t1, 0);
    pthread_create(&b, 0, t2, 0);
    pthread_create(&c, 0, t3, 0);
    pthread_join(a, 0);
    pthread_join(b, 0);
    pthread_join(c, 0);
    return 0;
}
