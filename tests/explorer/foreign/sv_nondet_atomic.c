// expect: proved,sampled
// Atomic sections by name, and a number from outside.
extern void abort(void);
#include <assert.h>
#include <pthread.h>
void reach_error()
{
    assert(0);
}
extern int __VERIFIER_nondet_int(void);
extern void __VERIFIER_atomic_begin(void);
extern void __VERIFIER_atomic_end(void);
void assume_abort_if_not(int cond)
{
    if (!cond) {
        abort();
    }
}
void __VERIFIER_assert(int expression)
{
    if (!expression) {
    ERROR : {
        reach_error();
        abort();
    }
    };
    return;
}

int s = 0, t = 0;

void *thr1(void *arg)
{
    __VERIFIER_atomic_begin();
    t++;
    __VERIFIER_atomic_end();
    __VERIFIER_atomic_begin();
    __VERIFIER_assert(s < t);
    s++;
    __VERIFIER_atomic_end();
    return 0;
}

int main()
{
    pthread_t a, b;
    int n = __VERIFIER_nondet_int();

    assume_abort_if_not(n >= 0 || n < 0);
    pthread_create(&a, 0, thr1, 0);
    pthread_create(&b, 0, thr1, 0);
    pthread_join(a, 0);
    pthread_join(b, 0);
    return 0;
}
