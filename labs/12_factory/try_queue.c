// try_queue.c - try your queue by hand (given, do not edit)
//
//     cc -D_GNU_SOURCE -Wall -Wextra -g -pthread -o try_queue *.c
//     ./try_queue            one assembler, one packer
//     ./try_queue many       three of each
#include <stdio.h>
#include <string.h>

#include "queue.h"

enum { MOST = 3, PARTS = 5, PLACES = 2 };

static struct queue desk;

static void *assemble(void *name)
{
    for (int part = 1; part <= PARTS; part++)
        if (queue_put(&desk, part))
            printf("%s has put %d\n", (char *)name, part);
    return NULL;
}

static void *pack(void *name)
{
    int part;

    while (queue_get(&desk, &part))
        printf("      %s has taken %d\n", (char *)name, part);
    printf("      %s goes home\n", (char *)name);
    return NULL;
}

int main(int count, char **arguments)
{
    static char *const names[] = {"Ana", "Luis", "Eva"};
    static char *const packers[] = {"Rosa", "Juan", "Inés"};
    int each = count > 1 && strcmp(arguments[1], "many") == 0 ? MOST : 1;
    pthread_t putting[MOST], taking[MOST];

    queue_init(&desk, PLACES);
    for (int i = 0; i < each; i++) {
        pthread_create(&putting[i], NULL, assemble, names[i]);
        pthread_create(&taking[i], NULL, pack, packers[i]);
    }
    for (int i = 0; i < each; i++)
        pthread_join(putting[i], NULL);
    queue_close(&desk);
    for (int i = 0; i < each; i++)
        pthread_join(taking[i], NULL);
    queue_end(&desk);
    puts("all of them have gone home");
    return 0;
}
