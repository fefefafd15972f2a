// c11_threads.c - the threads of C11: mutex, condition, once, results
#include <threads.h>

static mtx_t lock;
static cnd_t changed;
static once_flag once = ONCE_FLAG_INIT;
static int ready, prepared, order[2], count, results[2];

static void prepare(void)
{
    prepared++;
}

static int take(void *argument)
{
    call_once(&once, prepare);
    mtx_lock(&lock);
    while (!ready)
        cnd_wait(&changed, &lock);
    order[count++] = *(int *)argument;
    mtx_unlock(&lock);
    return 1;
}

static int give(void *argument)
{
    call_once(&once, prepare);
    mtx_lock(&lock);
    ready = *(int *)argument;
    order[count++] = ready;
    cnd_signal(&changed);
    mtx_unlock(&lock);
    thrd_exit(2);
}

int main(void)
{
    thrd_t thread[2];
    int number[2] = {1, 2};

    mtx_init(&lock, mtx_plain);
    cnd_init(&changed);
    thrd_create(&thread[0], take, &number[0]);
    thrd_create(&thread[1], give, &number[1]);
    for (int i = 0; i < 2; i++)
        thrd_join(thread[i], &results[i]);
    return 0;
}
