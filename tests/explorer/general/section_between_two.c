// section_between_two.c - what is between two sections can be seen by others
// Expect: failed assertion
#include <assert.h>
#include <pthread.h>

static int money = 10, spent;

static int __VERIFIER_atomic_look(void)
{
    return money;
}

static void __VERIFIER_atomic_set(int now)
{
    money = now;
    spent++;
}

static void *spend(void *unused)
{
    __VERIFIER_atomic_set(__VERIFIER_atomic_look() - 1);
    return unused;
}

int main(void)
{
    pthread_t threads[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, spend, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    assert(money + spent == 10);
    return 0;
}
