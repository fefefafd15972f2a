// c11.c - threads, mutexes, conditions and values of C11
// Expect: proved
#include <assert.h>
#include <threads.h>

static mtx_t mutex;
static cnd_t condition;
static tss_t key;
static once_flag once = ONCE_FLAG_INIT;
static int ready, times;

static void count_once(void)
{
    times++;
}

static int work(void *argument)
{
    call_once(&once, count_once);
    assert(tss_set(key, argument) == thrd_success && tss_get(key) == argument);
    mtx_lock(&mutex);
    ready = 1;
    cnd_signal(&condition);
    mtx_unlock(&mutex);
    return -5;
}

int main(void)
{
    thrd_t thread;
    int result;

    mtx_init(&mutex, mtx_plain);
    cnd_init(&condition);
    tss_create(&key, NULL);
    assert(thrd_create(&thread, work, &mutex) == thrd_success);
    call_once(&once, count_once);
    mtx_lock(&mutex);
    while (!ready)
        cnd_wait(&condition, &mutex);
    assert(mtx_trylock(&mutex) == thrd_busy);
    mtx_unlock(&mutex);
    assert(thrd_join(thread, &result) == thrd_success && result == -5);
    assert(times == 1 && !thrd_equal(thread, thrd_current()));
    thrd_yield();
    mtx_destroy(&mutex);
    cnd_destroy(&condition);
    return 0;
}
