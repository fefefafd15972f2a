// real.h - the functions that ours stand before
//
//     EXPORT int close(int fd)
//     {
//         return REAL(close)(fd);
//     }
//
// Interface: EXPORT, REAL, real_find_all, real_wait_is_plain.
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
#include <ucontext.h>
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
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat_2(int at, const char *path, int flags);
int __openat64_2(int at, const char *path, int flags);
int __poll_chk(struct pollfd *fds, nfds_t count, int ms, size_t room);
int __ppoll_chk(struct pollfd *fds, nfds_t count, const struct timespec *time,
                const sigset_t *mask, size_t room);

#define REAL_FUNCTION(name) __typeof__(&name) name##_;
struct real {
#include "tools/recorder/inside/real_functions.h"
};
#undef REAL_FUNCTION

extern struct real real;

// Finds all of them. Does not allocate but by way of our own malloc.
extern bool real_is_searching;
void real_find_all(void);

// The functions wait, waitpid, wait3 and wait4 are of the same library.
extern bool real_wait_is_plain;

#define REAL(name)                                                             \
    (likely(real.name##_ != NULL) ? real.name##_                               \
                                  : (real_find_all(), real.name##_))

#endif
