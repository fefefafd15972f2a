// expect: use_after_return
// A thread returns the address of its result, which dies with it.
#include <pthread.h>
#include <stdio.h>

void *count_vowels(void *arg)
{
    int vowels = 0;
    int *result = &vowels;

    for (const char *c = arg; *c; c++)
        if (*c == 'a' || *c == 'e' || *c == 'i' || *c == 'o' || *c == 'u')
            vowels++;
    return result;
}

int main(void)
{
    pthread_t counter;
    void *result;

    pthread_create(&counter, NULL, count_vowels, "concurrent programs");
    pthread_join(counter, &result);
    printf("vowels: %d\n", *(int *)result);
    return 0;
}
