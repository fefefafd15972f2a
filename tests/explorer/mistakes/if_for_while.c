// expect: assertion
// A queue of jobs: who wakes takes for granted that there is still one.
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

#define MAX_JOBS 4

int jobs[MAX_JOBS], count = 0;
pthread_mutex_t queue_lock = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t job_ready = PTHREAD_COND_INITIALIZER;

void put_job(int job)
{
    pthread_mutex_lock(&queue_lock);
    jobs[count++] = job;
    pthread_cond_signal(&job_ready);
    pthread_mutex_unlock(&queue_lock);
}

int get_job(void)
{
    int job;

    pthread_mutex_lock(&queue_lock);
    if (count == 0)
        pthread_cond_wait(&job_ready, &queue_lock);
    assert(count > 0);
    job = jobs[--count];
    pthread_mutex_unlock(&queue_lock);
    return job;
}

void *worker(void *arg)
{
    int *total = arg;

    *total = get_job();
    return NULL;
}

int main(void)
{
    pthread_t workers[2];
    int done[2] = {0};

    for (int i = 0; i < 2; i++)
        pthread_create(&workers[i], NULL, worker, &done[i]);
    put_job(10);
    put_job(20);
    for (int i = 0; i < 2; i++)
        pthread_join(workers[i], NULL);
    printf("%d\n", done[0] + done[1]);
    return 0;
}
