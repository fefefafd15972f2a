// expect: proved
// Peterson's algorithm: first I want, then I let the other one go first.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

atomic_int wants[2], turn, inside;
int counter = 0;

void enter(int me)
{
    int other = 1 - me;

    wants[me] = 1;
    turn = other;
    while (wants[other] && turn == other)
        ;
}

void leave(int me)
{
    wants[me] = 0;
}

void *process(void *arg)
{
    int me = *(int *)arg;

    enter(me);
    inside++;
    assert(inside == 1);
    counter++;
    inside--;
    leave(me);
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    int numbers[2] = {0, 1};

    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, process, &numbers[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    assert(counter == 2);
    return 0;
}
