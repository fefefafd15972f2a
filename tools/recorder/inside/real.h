// real.h - the functions that ours stand before
//
//     EXPORT int close(int fd)
//     {
//         return REAL(close)(fd);
//     }
//
// Interface: EXPORT, REAL, real_find_all, REAL_FUNCTIONS.
// Threads: found once, by the constructor; who calls before it finds them
// himself, twice the same. Ownership: none.
#ifndef TELAR_REAL_H
#define TELAR_REAL_H

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>
#include <malloc.h>
#include <dirent.h>

#include "tools/recorder/inside/state.h"

#define EXPORT __attribute__((visibility("default")))

// What a compiler with _FORTIFY_SOURCE calls instead; no header declares them.
ssize_t __read_chk(int fd, void *bytes, size_t size, size_t room);
ssize_t __pread_chk(int fd, void *bytes, size_t size, off_t at, size_t room);
ssize_t __pread64_chk(int fd, void *bytes, size_t size, off64_t at,
                      size_t room);
ssize_t __recv_chk(int fd, void *bytes, size_t size, size_t room, int flags);
ssize_t __recvfrom_chk(int fd, void *bytes, size_t size, size_t room, int flags,
                       struct sockaddr *from, socklen_t *length);
int __poll_chk(struct pollfd *fds, nfds_t count, int ms, size_t room);
int __ppoll_chk(struct pollfd *fds, nfds_t count, const struct timespec *time,
                const sigset_t *mask, size_t room);

#define REAL_FUNCTIONS(X)                                                      \
    REAL_THREADS(X) REAL_SYNC(X) REAL_PROCESS(X) REAL_IO(X) REAL_OTHERS(X)

#define REAL_THREADS(X)                                                        \
    X(pthread_create) X(pthread_join) X(pthread_tryjoin_np)                    \
    X(pthread_timedjoin_np) X(pthread_clockjoin_np) X(pthread_setname_np)      \
    X(thrd_create) X(thrd_join) X(prctl)

#define REAL_SYNC(X)                                                           \
    X(pthread_mutex_lock) X(pthread_mutex_trylock) X(pthread_mutex_timedlock)  \
    X(pthread_mutex_clocklock) X(pthread_mutex_unlock)                         \
    X(pthread_rwlock_rdlock) X(pthread_rwlock_tryrdlock)                       \
    X(pthread_rwlock_timedrdlock) X(pthread_rwlock_clockrdlock)                \
    X(pthread_rwlock_wrlock) X(pthread_rwlock_trywrlock)                       \
    X(pthread_rwlock_timedwrlock) X(pthread_rwlock_clockwrlock)                \
    X(pthread_rwlock_unlock) X(pthread_spin_lock) X(pthread_spin_trylock)      \
    X(pthread_spin_unlock) X(pthread_cond_wait) X(pthread_cond_timedwait)      \
    X(pthread_cond_clockwait) X(pthread_cond_signal) X(pthread_cond_broadcast) \
    X(pthread_barrier_wait) X(sem_init) X(sem_open) X(sem_wait) X(sem_trywait) \
    X(sem_timedwait) X(sem_clockwait) X(sem_post) X(sem_getvalue)              \
    X(mtx_lock) X(mtx_trylock) X(mtx_timedlock) X(mtx_unlock) X(cnd_wait)      \
    X(cnd_timedwait) X(cnd_signal) X(cnd_broadcast)

#define REAL_PROCESS(X)                                                        \
    X(fork) X(_Fork) X(vfork) X(clone) X(execve) X(execvpe) X(fexecve)         \
    X(execveat) X(posix_spawn) X(posix_spawnp) X(system) X(popen) X(pclose)    \
    X(waitpid) X(wait3) X(wait4) X(waitid) X(_exit) X(quick_exit)

#define REAL_IO(X)                                                             \
    X(read) X(write) X(pread) X(pwrite) X(pread64) X(pwrite64) X(readv)        \
    X(writev) X(preadv) X(pwritev) X(__read_chk) X(__pread_chk)                \
    X(__pread64_chk) X(recv) X(send) X(recvfrom) X(sendto) X(recvmsg)          \
    X(sendmsg) X(__recv_chk) X(__recvfrom_chk) X(accept) X(accept4) X(connect) \
    X(pipe) X(pipe2) X(close) X(close_range) X(closefrom) X(dup) X(dup2)       \
    X(dup3) X(fcntl) X(fcntl64) X(fclose) X(freopen) X(freopen64) X(closedir)  \
    X(poll) X(ppoll) X(select) X(pselect) X(epoll_wait) X(epoll_pwait)         \
    X(__poll_chk) X(__ppoll_chk) X(fsync) X(fdatasync) X(sendfile)             \
    X(sendfile64) X(splice) X(tee) X(vmsplice) X(copy_file_range) X(flock)     \
    X(lockf) X(lockf64) X(getaddrinfo)

#define REAL_OTHERS(X)                                                         \
    X(nanosleep) X(clock_nanosleep) X(usleep) X(sleep) X(sched_yield)          \
    X(thrd_sleep) X(thrd_yield) X(pause) X(sigsuspend) X(sigwait)              \
    X(sigwaitinfo) X(sigtimedwait) X(malloc) X(calloc) X(realloc)              \
    X(reallocarray) X(free) X(memalign) X(aligned_alloc) X(posix_memalign)     \
    X(valloc) X(pvalloc) X(malloc_usable_size)

#define REAL_FIELD(name) __typeof__(&name) name##_;
struct real {
    REAL_FUNCTIONS(REAL_FIELD)
};
#undef REAL_FIELD

extern struct real real;

// Finds all of them. Does not allocate but by way of our own malloc.
void real_find_all(void);

#define REAL(name)                                                             \
    (likely(real.name##_ != NULL) ? real.name##_                               \
                                  : (real_find_all(), real.name##_))

#endif
