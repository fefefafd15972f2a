// c11_trylock.c - C11's mutexes tried, timed and recursive
#include <threads.h>
#include <time.h>

static mtx_t plain, timed, recursive;
static int result[3], order[2], count;

static int first(void *argument)
{
    (void)argument;
    result[0] = mtx_trylock(&plain);
    if (result[0] == thrd_success)
        mtx_unlock(&plain);
    mtx_lock(&recursive);
    mtx_lock(&recursive);
    order[count++] = 1;
    mtx_unlock(&recursive);
    mtx_unlock(&recursive);
    return 0;
}

static int second(void *argument)
{
    struct timespec until = {.tv_sec = 1};

    (void)argument;
    result[1] = mtx_timedlock(&timed, &until);
    mtx_lock(&plain);
    mtx_unlock(&plain);
    mtx_unlock(&timed);
    mtx_lock(&recursive);
    order[count++] = 2;
    mtx_unlock(&recursive);
    return 0;
}

int main(void)
{
    thrd_t thread[2];

    mtx_init(&plain, mtx_plain);
    mtx_init(&timed, mtx_timed);
    mtx_init(&recursive, mtx_plain | mtx_recursive);
    thrd_create(&thread[0], first, NULL);
    thrd_create(&thread[1], second, NULL);
    thrd_join(thread[0], NULL);
    thrd_join(thread[1], NULL);
    return 0;
}
