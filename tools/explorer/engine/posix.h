// posix.h - calls of pthread.h on behalf of a call that returns to pc
//
// Interface: mutex_lock, mutex_lock_until, mutex_unlock, mutex_destroy,
// condition_wait, condition_signal, condition_broadcast, condition_destroy,
// thread_create, thread_join, thread_once.
// Threads: none. Ownership: as the calls they stand for. Each returns an error
// number, 0 when it succeeded.
#ifndef TELAR_POSIX_H
#define TELAR_POSIX_H

#include <pthread.h>
#include <time.h>

#include "tools/explorer/kinds.h"

// op: OP_LOCK or OP_TRYLOCK.
int mutex_lock(const pthread_mutex_t *mutex, enum op_kind op, const void *pc);
int mutex_lock_until(const pthread_mutex_t *mutex, const struct timespec *until,
                     clockid_t clock, const void *pc);
int mutex_unlock(const pthread_mutex_t *mutex, const void *pc);
int mutex_destroy(const pthread_mutex_t *mutex, const void *pc);

// until: NULL, for ever.
int condition_wait(const pthread_cond_t *condition,
                   const pthread_mutex_t *mutex, const struct timespec *until,
                   clockid_t clock, const void *pc);
int condition_signal(const pthread_cond_t *condition, const void *pc);
int condition_broadcast(const pthread_cond_t *condition, const void *pc);
int condition_destroy(const pthread_cond_t *condition, const void *pc);

int thread_create(pthread_t *handle, const pthread_attr_t *attributes,
                  void *(*start)(void *), void *argument, const void *pc);
// result, or NULL: what the thread returned; the engine's memory, not the
// program's.
int thread_join(pthread_t handle, void **result, const void *pc);
int thread_once(pthread_once_t *once, void (*routine)(void), const void *pc);

#endif
