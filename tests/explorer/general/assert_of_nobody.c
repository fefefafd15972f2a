// assert_of_nobody.c - called without its header, as verifiers allow
// Expect: failed assertion
#include <pthread.h>

void assert(int);
static int flag;

static void *raise_flag(void *unused)
{
    __atomic_store_n(&flag, 1, __ATOMIC_SEQ_CST);
    return unused;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, raise_flag, NULL);
    assert(__atomic_load_n(&flag, __ATOMIC_SEQ_CST) == 0);
    pthread_join(thread, NULL);
    return 0;
}
