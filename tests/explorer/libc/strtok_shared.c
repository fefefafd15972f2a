// strtok_shared.c - two threads cut different strings with the same strtok
// Expect: failed data_race
#include <pthread.h>
#include <string.h>

static void *cut(void *text)
{
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
        continue;
    return NULL;
}

int main(void)
{
    static char one[] = "a b", other[] = "c d";
    pthread_t thread;

    pthread_create(&thread, NULL, cut, one);
    cut(other);
    pthread_join(thread, NULL);
    return 0;
}
