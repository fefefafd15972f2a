// copy_race.c - memcpy writes while another thread compares
// Expect: failed data_race
#include <pthread.h>
#include <string.h>

static char name[8] = "Ana";

static void *rename_it(void *argument)
{
    memcpy(name, "Eva", 4);
    return argument;
}

int main(void)
{
    pthread_t thread;
    int same;

    pthread_create(&thread, NULL, rename_it, NULL);
    same = strcmp(name, "Ana") == 0;
    pthread_join(thread, NULL);
    return same;
}
