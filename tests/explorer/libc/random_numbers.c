// random_numbers.c - the same numbers in each execution, others in each thread
// Expect: proved; says one sequence of numbers
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

static int numbers[2];

static void *draw(void *place)
{
    *(int *)place = rand();
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    unsigned seed = 1, same = 1;

    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, draw, &numbers[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    assert(numbers[0] != numbers[1] && numbers[0] >= 0);
    assert(rand_r(&seed) == rand_r(&same) && seed == same);
    return 0;
}
