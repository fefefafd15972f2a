// expect: assertion,data_race
// Two threads add to each other's number; can one reach the bound?
extern void abort(void);
#include <assert.h>
void reach_error()
{
    assert(0);
}
#include <pthread.h>

int p, q;
int i = 1, j = 1;
#define NUM 3

void *t1(void *arg)
{
    for (p = 0; p < NUM; p++)
        i = i + j;
    pthread_exit(NULL);
}

void *t2(void *arg)
{
    for (q = 0; q < NUM; q++)
        j = j + i;
    pthread_exit(NULL);
}

int main(int argc, char **argv)
{
    pthread_t id1, id2;

    pthread_create(&id1, NULL, t1, NULL);
    pthread_create(&id2, NULL, t2, NULL);
    if (i >= 21 || j >= 21) {
    ERROR : {
        reach_error();
        abort();
    }
    }
    return 0;
}
