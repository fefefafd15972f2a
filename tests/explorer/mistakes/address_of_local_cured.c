// expect: proved
// A thread returns the address of memory that it allocated.
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

void *count_vowels(void *arg)
{
    int *vowels = calloc(1, sizeof *vowels);

    for (const char *c = arg; *c; c++)
        if (*c == 'a' || *c == 'e' || *c == 'i' || *c == 'o' || *c == 'u')
            (*vowels)++;
    return vowels;
}

int main(void)
{
    pthread_t counter;
    void *result;

    pthread_create(&counter, NULL, count_vowels, "concurrent programs");
    pthread_join(counter, &result);
    assert(*(int *)result == 5);
    free(result);
    return 0;
}
