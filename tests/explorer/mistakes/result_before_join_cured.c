// expect: proved
// The sum is printed when the threads that compute it have ended.
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

#define HALF 3

int numbers[2 * HALF] = {1, 2, 3, 4, 5, 6};

struct part {
    int *from;
    int sum;
};

void *add_up(void *arg)
{
    struct part *part = arg;

    part->sum = 0;
    for (int i = 0; i < HALF; i++)
        part->sum += part->from[i];
    return NULL;
}

int main(void)
{
    struct part left = {numbers, 0}, right = {numbers + HALF, 0};
    pthread_t l, r;

    pthread_create(&l, NULL, add_up, &left);
    pthread_create(&r, NULL, add_up, &right);
    pthread_join(l, NULL);
    pthread_join(r, NULL);
    printf("sum: %d\n", left.sum + right.sum);
    assert(left.sum + right.sum == 21);
    return 0;
}
