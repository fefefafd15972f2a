// sections.c - nobody interrupts them, and they do not race with each other
// Expect: proved
#include <assert.h>
#include <pthread.h>

void __VERIFIER_atomic_begin(void);
void __VERIFIER_atomic_end(void);

static int a, b, readers;

static void __VERIFIER_atomic_add(int amount)
{
    a += amount;
    b += amount;
}

static void *change(void *unused)
{
    __VERIFIER_atomic_add(1);
    __VERIFIER_atomic_begin();
    a--;
    b--;
    __VERIFIER_atomic_end();
    return unused;
}

static void *look(void *unused)
{
    __VERIFIER_atomic_begin();
    readers++;
    assert(a == b);
    __VERIFIER_atomic_end();
    return unused;
}

int main(void)
{
    pthread_t threads[3];

    pthread_create(&threads[0], NULL, change, NULL);
    pthread_create(&threads[1], NULL, change, NULL);
    pthread_create(&threads[2], NULL, look, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    assert(a == 0 && b == 0 && readers == 1);
    return 0;
}
