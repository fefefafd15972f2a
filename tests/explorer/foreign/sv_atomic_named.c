// expect: data_race
// Functions that are atomic since their names begin so: a lock of readers. It is
// given back outside of one.
extern void abort(void);
#include <assert.h>
#include <pthread.h>
void reach_error()
{
    assert(0);
}
extern void __VERIFIER_assume(int);

int w = 0, r = 0, x, y;

void __VERIFIER_atomic_take_write_lock()
{
    __VERIFIER_assume(w == 0 && r == 0);
    w = 1;
}

void __VERIFIER_atomic_take_read_lock()
{
    __VERIFIER_assume(w == 0);
    r = r + 1;
}

void __VERIFIER_atomic_release_read_lock()
{
    r = r - 1;
}

void *writer(void *arg)
{
    __VERIFIER_atomic_take_write_lock();
    x = 3;
    w = 0;
    return 0;
}

void *reader(void *arg)
{
    int l;

    __VERIFIER_atomic_take_read_lock();
    l = x;
    y = l;
    if (!(y == x))
    ERROR : {
        reach_error();
        abort();
    }
        __VERIFIER_atomic_release_read_lock();
    return 0;
}

int main()
{
    pthread_t t1, t2;

    pthread_create(&t1, 0, writer, 0);
    pthread_create(&t2, 0, reader, 0);
    pthread_join(t1, 0);
    pthread_join(t2, 0);
    return 0;
}
