// refused by: who_waits_sleeps
// takes the lock, looks and gives it back, again and again
#include "gate.h"

void gate_init(struct gate *gate)
{
    pthread_mutex_init(&gate->lock, NULL);
    pthread_cond_init(&gate->opened, NULL);
    gate->is_open = false;
}

void gate_wait(struct gate *gate)
{
    bool is_open = false;

    while (!is_open) {
        pthread_mutex_lock(&gate->lock);
        is_open = gate->is_open;
        pthread_mutex_unlock(&gate->lock);
    }
}

void gate_open(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    gate->is_open = true;
    pthread_cond_broadcast(&gate->opened);
    pthread_mutex_unlock(&gate->lock);
}
