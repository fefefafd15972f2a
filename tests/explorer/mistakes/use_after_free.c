// expect: use_after_free
// A list under a mutex; the reader keeps a node between two holds of it.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct node {
    int value;
    struct node *next;
};

struct node *head = NULL;
pthread_mutex_t list_lock = PTHREAD_MUTEX_INITIALIZER;

void push(int value)
{
    struct node *n = malloc(sizeof *n);

    n->value = value;
    pthread_mutex_lock(&list_lock);
    n->next = head;
    head = n;
    pthread_mutex_unlock(&list_lock);
}

void *remove_first(void *arg)
{
    pthread_mutex_lock(&list_lock);
    if (head != NULL) {
        struct node *old = head;

        head = head->next;
        free(old);
    }
    pthread_mutex_unlock(&list_lock);
    return NULL;
}

void *print_first(void *arg)
{
    struct node *first;

    pthread_mutex_lock(&list_lock);
    first = head;
    pthread_mutex_unlock(&list_lock);
    if (first != NULL) {
        pthread_mutex_lock(&list_lock);
        printf("first: %d\n", first->value);
        pthread_mutex_unlock(&list_lock);
    }
    return NULL;
}

int main(void)
{
    pthread_t reader, remover;

    push(1);
    push(2);
    pthread_create(&reader, NULL, print_first, NULL);
    pthread_create(&remover, NULL, remove_first, NULL);
    pthread_join(reader, NULL);
    pthread_join(remover, NULL);
    remove_first(NULL);
    return 0;
}
