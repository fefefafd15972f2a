// lock_of_sections.c - a lock made of an assumption within a section
// Expect: proved
#include <assert.h>
#include <pthread.h>

void __VERIFIER_assume(int);
static int taken, counter;

static void __VERIFIER_atomic_take(void)
{
    int was = taken;

    taken = 1; // undone where the assumption does not hold
    __VERIFIER_assume(was == 0);
}

static void __VERIFIER_atomic_give(void)
{
    taken = 0;
}

static void *count(void *unused)
{
    for (int i = 0; i < 2; i++) {
        __VERIFIER_atomic_take();
        counter++;
        __VERIFIER_atomic_give();
    }
    return unused;
}

int main(void)
{
    pthread_t threads[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, count, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    assert(counter == 4);
    return 0;
}
