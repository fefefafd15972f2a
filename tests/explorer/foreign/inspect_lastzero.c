// expect: data_race
// Threads write their neighbours' successors; one looks for the last zero.
#include <pthread.h>
#include <stdlib.h>

#define N 3

int array[N + 1];

static void *read_all(void *unused)
{
    int i;

    for (i = N; array[i] != 0; i--)
        ;
    return NULL;
}

static void *write_one(void *arg)
{
    int j = *(int *)arg;

    array[j] = array[j - 1] + 1;
    return NULL;
}

int main()
{
    pthread_t t[N + 1];
    int idx[N + 1];

    for (int i = 0; i <= N; i++) {
        idx[i] = i;
        if (i == 0) {
            if (pthread_create(&t[i], NULL, read_all, &idx[i]))
                abort();
        } else {
            if (pthread_create(&t[i], NULL, write_one, &idx[i]))
                abort();
        }
    }
    for (int i = 0; i <= N; i++)
        pthread_join(t[i], NULL);
    return 0;
}
