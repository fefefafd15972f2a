// refused by: gate_forgets_nobody
// told first, changed afterwards
#include "gate.h"

void gate_init(struct gate *gate)
{
    pthread_mutex_init(&gate->lock, NULL);
    pthread_cond_init(&gate->opened, NULL);
    gate->is_open = false;
}

void gate_wait(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    while (!gate->is_open)
        pthread_cond_wait(&gate->opened, &gate->lock);
    pthread_mutex_unlock(&gate->lock);
}

void gate_open(struct gate *gate)
{
    pthread_cond_broadcast(&gate->opened);
    pthread_mutex_lock(&gate->lock);
    gate->is_open = true;
    pthread_mutex_unlock(&gate->lock);
}
