// socket.c - sockets, and waiting for one of many descriptors
#include "tools/recorder/inside/block.h"
#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/transfer.h"

EXPORT ssize_t recv(int fd, void *bytes, size_t size, int flags)
{
    TRANSFER(TRANSFER_IN, fd, size, REAL(recv)(fd, bytes, size, flags));
}

EXPORT ssize_t __recv_chk(int fd, void *bytes, size_t size, size_t room,
                          int flags)
{
    TRANSFER(TRANSFER_IN, fd, size,
             REAL(__recv_chk)(fd, bytes, size, room, flags));
}

EXPORT ssize_t recvfrom(int fd, void *restrict bytes, size_t size, int flags,
                        struct sockaddr *restrict from,
                        socklen_t *restrict length)
{
    TRANSFER(TRANSFER_IN, fd, size,
             REAL(recvfrom)(fd, bytes, size, flags, from, length));
}

EXPORT ssize_t __recvfrom_chk(int fd, void *bytes, size_t size, size_t room,
                              int flags, struct sockaddr *from,
                              socklen_t *length)
{
    TRANSFER(TRANSFER_IN, fd, size,
             REAL(__recvfrom_chk)(fd, bytes, size, room, flags, from, length));
}

EXPORT ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
    TRANSFER(TRANSFER_IN, fd, 0, REAL(recvmsg)(fd, message, flags));
}

EXPORT ssize_t send(int fd, const void *bytes, size_t size, int flags)
{
    TRANSFER(TRANSFER_OUT, fd, size, REAL(send)(fd, bytes, size, flags));
}

EXPORT ssize_t sendto(int fd, const void *bytes, size_t size, int flags,
                      const struct sockaddr *to, socklen_t length)
{
    TRANSFER(TRANSFER_OUT, fd, size,
             REAL(sendto)(fd, bytes, size, flags, to, length));
}

EXPORT ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    TRANSFER(TRANSFER_OUT, fd, 0, REAL(sendmsg)(fd, message, flags));
}

EXPORT int accept(int fd, struct sockaddr *restrict from,
                  socklen_t *restrict length)
{
    TRANSFER(TRANSFER_NEITHER, fd, 0, REAL(accept)(fd, from, length));
}

EXPORT int accept4(int fd, struct sockaddr *restrict from,
                   socklen_t *restrict length, int flags)
{
    TRANSFER(TRANSFER_NEITHER, fd, 0, REAL(accept4)(fd, from, length, flags));
}

EXPORT int connect(int fd, const struct sockaddr *to, socklen_t length)
{
    TRANSFER(TRANSFER_NEITHER, fd, 0, REAL(connect)(fd, to, length));
}

// ---- One of many ------------------------------------------------------------

// Who asks without waiting does not block.
static bool is_nothing(const struct timespec *time)
{
    return time && time->tv_sec == 0 && time->tv_nsec == 0;
}

EXPORT int poll(struct pollfd *fds, nfds_t count, int ms)
{
    if (ms == 0)
        return REAL(poll)(fds, count, ms);
    BLOCK(RECORD_IO, "poll", int, REAL(poll)(fds, count, ms));
}

EXPORT int __poll_chk(struct pollfd *fds, nfds_t count, int ms, size_t room)
{
    if (ms == 0)
        return REAL(__poll_chk)(fds, count, ms, room);
    BLOCK(RECORD_IO, "poll", int, REAL(__poll_chk)(fds, count, ms, room));
}

EXPORT int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *time,
                 const sigset_t *mask)
{
    if (is_nothing(time))
        return REAL(ppoll)(fds, count, time, mask);
    BLOCK(RECORD_IO, "ppoll", int, REAL(ppoll)(fds, count, time, mask));
}

EXPORT int __ppoll_chk(struct pollfd *fds, nfds_t count,
                       const struct timespec *time, const sigset_t *mask,
                       size_t room)
{
    if (is_nothing(time))
        return REAL(__ppoll_chk)(fds, count, time, mask, room);
    BLOCK(RECORD_IO, "ppoll", int,
          REAL(__ppoll_chk)(fds, count, time, mask, room));
}

EXPORT int select(int count, fd_set *restrict in, fd_set *restrict out,
                  fd_set *restrict other, struct timeval *restrict time)
{
    if (time && time->tv_sec == 0 && time->tv_usec == 0)
        return REAL(select)(count, in, out, other, time);
    BLOCK(RECORD_IO, "select", int, REAL(select)(count, in, out, other, time));
}

EXPORT int pselect(int count, fd_set *restrict in, fd_set *restrict out,
                   fd_set *restrict other, const struct timespec *restrict time,
                   const sigset_t *restrict mask)
{
    if (is_nothing(time))
        return REAL(pselect)(count, in, out, other, time, mask);
    BLOCK(RECORD_IO, "pselect", int,
          REAL(pselect)(count, in, out, other, time, mask));
}

EXPORT int epoll_wait(int fd, struct epoll_event *events, int count, int ms)
{
    if (ms == 0)
        return REAL(epoll_wait)(fd, events, count, ms);
    BLOCK(RECORD_IO, "epoll_wait", int,
          REAL(epoll_wait)(fd, events, count, ms));
}

EXPORT int epoll_pwait(int fd, struct epoll_event *events, int count, int ms,
                       const sigset_t *mask)
{
    if (ms == 0)
        return REAL(epoll_pwait)(fd, events, count, ms, mask);
    BLOCK(RECORD_IO, "epoll_pwait", int,
          REAL(epoll_pwait)(fd, events, count, ms, mask));
}

EXPORT int getaddrinfo(const char *restrict name, const char *restrict service,
                       const struct addrinfo *restrict hints,
                       struct addrinfo **restrict result)
{
    BLOCK(RECORD_IO, "getaddrinfo", int,
          REAL(getaddrinfo)(name, service, hints, result));
}
