// expect: data_race
// Lamport's bakery with volatile variables, as textbooks print it.
#include <assert.h>
#include <pthread.h>

#define N 2

volatile int entering[N], number[N];
int in_section = 0;

static void lock(int i)
{
    int j, max = 0;

    entering[i] = 1;
    for (j = 0; j < N; j++)
        if (number[j] > max)
            max = number[j];
    number[i] = 1 + max;
    entering[i] = 0;
    for (j = 0; j < N; j++) {
        while (entering[j])
            ;
        while (number[j] != 0 &&
               (number[j] < number[i] || (number[j] == number[i] && j < i)))
            ;
    }
}

static void unlock(int i)
{
    number[i] = 0;
}

static void *thread(void *arg)
{
    int i = (int)(long)arg;

    lock(i);
    in_section++;
    assert(in_section == 1);
    in_section--;
    unlock(i);
    return NULL;
}

int main(void)
{
    pthread_t t[N];

    for (long i = 0; i < N; i++)
        pthread_create(&t[i], NULL, thread, (void *)i);
    for (int i = 0; i < N; i++)
        pthread_join(t[i], NULL);
    return 0;
}
