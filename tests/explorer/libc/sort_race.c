// sort_race.c - an array is sorted while another thread reads it
// Expect: failed data_race
#include <pthread.h>
#include <stdlib.h>

static int numbers[3] = {3, 1, 2};

static int ascending(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void *sort(void *argument)
{
    qsort(numbers, 3, sizeof *numbers, ascending);
    return argument;
}

int main(void)
{
    pthread_t thread;
    int first;

    pthread_create(&thread, NULL, sort, NULL);
    first = numbers[0];
    pthread_join(thread, NULL);
    return first;
}
