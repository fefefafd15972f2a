// refused by: writer_is_alone
// a writer comes in although another one is inside
#include "rw.h"

void rw_init(struct rw *rw)
{
    pthread_mutex_init(&rw->lock, NULL);
    pthread_cond_init(&rw->may_read, NULL);
    pthread_cond_init(&rw->may_write, NULL);
    rw->readers = 0;
    rw->is_writing = false;
    rw->writers_waiting = 0;
}

void rw_begin_read(struct rw *rw)
{
    pthread_mutex_lock(&rw->lock);
    while (rw->is_writing || rw->writers_waiting > 0)
        pthread_cond_wait(&rw->may_read, &rw->lock);
    rw->readers++;
    pthread_mutex_unlock(&rw->lock);
}

void rw_end_read(struct rw *rw)
{
    pthread_mutex_lock(&rw->lock);
    rw->readers--;
    if (rw->readers == 0)
        pthread_cond_signal(&rw->may_write); // there is room for one
    pthread_mutex_unlock(&rw->lock);
}

void rw_begin_write(struct rw *rw)
{
    pthread_mutex_lock(&rw->lock);
    rw->writers_waiting++;
    while (rw->readers > 0)
        pthread_cond_wait(&rw->may_write, &rw->lock);
    rw->writers_waiting--;
    rw->is_writing = true;
    pthread_mutex_unlock(&rw->lock);
}

void rw_end_write(struct rw *rw)
{
    pthread_mutex_lock(&rw->lock);
    rw->is_writing = false;
    if (rw->writers_waiting > 0)
        pthread_cond_signal(&rw->may_write);
    else
        pthread_cond_broadcast(&rw->may_read);
    pthread_mutex_unlock(&rw->lock);
}
