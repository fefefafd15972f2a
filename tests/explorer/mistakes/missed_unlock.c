// expect: deadlock
// A list of names with a limit; when it is full, add() returns too early.
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define LIMIT 1

char names[LIMIT][16];
int count = 0;
pthread_mutex_t list_lock = PTHREAD_MUTEX_INITIALIZER;

int add(const char *name)
{
    pthread_mutex_lock(&list_lock);
    if (count == LIMIT)
        return -1;
    strncpy(names[count], name, sizeof names[count] - 1);
    count++;
    pthread_mutex_unlock(&list_lock);
    return 0;
}

void *guest(void *arg)
{
    if (add(arg) != 0)
        fprintf(stderr, "no place for %s\n", (char *)arg);
    return NULL;
}

int main(void)
{
    char *names_of_guests[] = {"Ana", "Luis", "Eva"};
    pthread_t guests[3];

    for (int i = 0; i < 3; i++)
        pthread_create(&guests[i], NULL, guest, names_of_guests[i]);
    for (int i = 0; i < 3; i++)
        pthread_join(guests[i], NULL);
    printf("%d guests\n", count);
    return 0;
}
