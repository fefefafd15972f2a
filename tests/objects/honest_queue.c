// accepted
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct part {
    char name[16];
    double weight;
    struct part *next;
};

struct queue {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct part *first, **last;
    int count, closed;
    int history[8][2];
};

struct queue *queue_new(void)
{
    struct queue *queue = calloc(1, sizeof *queue);

    if (!queue)
        return NULL;
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->changed, NULL);
    queue->last = &queue->first;
    return queue;
}

int queue_put(struct queue *queue, const char *name, double weight)
{
    struct part *part = malloc(sizeof *part);

    if (!part)
        return -1;
    memset(part, 0, sizeof *part);
    for (size_t i = 0; i < sizeof part->name - 1 && name[i]; i++)
        part->name[i] = name[i];
    part->weight = weight * 1.5 + 0.25;
    pthread_mutex_lock(&queue->lock);
    *queue->last = part;
    queue->last = &part->next;
    queue->history[queue->count % 8][queue->closed] = queue->count;
    queue->count++;
    pthread_cond_signal(&queue->changed);
    pthread_mutex_unlock(&queue->lock);
    return 0;
}

struct part *queue_take(struct queue *queue)
{
    struct part *part = NULL;

    pthread_mutex_lock(&queue->lock);
    while (!queue->first && !queue->closed)
        pthread_cond_wait(&queue->changed, &queue->lock);
    if (queue->first) {
        part = queue->first;
        queue->first = part->next;
        if (!queue->first)
            queue->last = &queue->first;
        queue->count--;
    }
    pthread_mutex_unlock(&queue->lock);
    if (!part)
        puts("closed");
    return part;
}
