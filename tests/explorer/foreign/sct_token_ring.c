// expect: data_race,assertion
// Four threads copy a value round; the check is right in one order only.
#include <assert.h>
#include <pthread.h>

int x1 = 1, x2 = 2, x3 = 1;
_Bool flag1 = 0, flag2 = 0, flag3 = 0;

void *t1(void *arg)
{
    x1 = (x3 + 1) % 4;
    flag1 = 1;
    return 0;
}

void *t2(void *arg)
{
    x2 = x1;
    flag2 = 1;
    return 0;
}

void *t3(void *arg)
{
    x3 = x2;
    flag3 = 1;
    return 0;
}

void *t4(void *arg)
{
    if (flag1 && flag2 && flag3)
        assert(x1 == x2 && x2 == x3);
    return 0;
}

int main()
{
    pthread_t id[4];

    pthread_create(&id[0], 0, t1, 0);
    pthread_create(&id[1], 0, t2, 0);
    pthread_create(&id[2], 0, t3, 0);
    pthread_create(&id[3], 0, t4, 0);
    for (int i = 0; i < 4; i++)
        pthread_join(id[i], 0);
    return 0;
}
