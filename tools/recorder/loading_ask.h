// loading_ask.h - how a program that will exec asks for its loader to be seen
//
// Through a socket with an abstract name, made of the time at which the trace
// was begun: it needs no descriptor, no variable and no file system. All of it
// is done by instructions of our own, so that the library's handler of SIGSYS
// may ask as well as telar-run's own child. When the answer is yes, the caller
// is traced (loading.h) until its next exec has come to the library's first
// word, or has failed.
//
// Interface: loading_address, loading_ask, LOADING_WORD.
// Threads: no state; async-signal-safe. Ownership: none.
#ifndef TELAR_LOADING_ASK_H
#define TELAR_LOADING_ASK_H

#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include "tools/recorder/inside/raw.h"

// The library's first word: getpid(LOADING_WORD, &flag). Who sees it by ptrace
// sets the flag, and lets go.
#define LOADING_WORD UINT64_C(0x74656c61722d6c64)

struct loading_request {
    int32_t pid, tid;
    uint32_t is_first; // nobody has said the execve itself
};

static inline socklen_t loading_address(struct sockaddr_un *address,
                                        uint64_t begun)
{
    static const char name[] = "telar-loading-";
    size_t used = 1 + sizeof name - 1;

    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    memcpy(address->sun_path + 1, name, sizeof name - 1);
    for (int shift = 60; shift >= 0; shift -= 4)
        address->sun_path[used++] = "0123456789abcdef"[begun >> shift & 15];
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + used);
}

// Where Yama lets only ancestors trace (Ubuntu), for the one who answers.
static inline void loading_permit(long fd)
{
    struct ucred peer;
    socklen_t size = sizeof peer;

    if (raw_call(SYS_getsockopt, fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) ==
        0)
        raw_call(SYS_prctl, PR_SET_PTRACER, peer.pid);
}

// Being traced interrupts the wait for the answer.
static inline bool loading_answer(long fd)
{
    enum { INTERRUPTED = -4, INTERRUPTIONS = 16 };
    long got = INTERRUPTED;
    char answer = 'n';

    for (int i = 0; i < INTERRUPTIONS && got == INTERRUPTED; i++)
        got = raw_call(SYS_recvfrom, fd, &answer, 1);
    return got == 1 && answer == 'y';
}

// Waits a second at most. Returns whether the calling thread is traced now.
static inline bool loading_ask(uint64_t begun, bool is_first)
{
    const struct timeval patience = {.tv_sec = 1};
    struct loading_request request = {raw_getpid(), raw_gettid(), is_first};
    struct sockaddr_un address;
    socklen_t size = loading_address(&address, begun);
    long fd = raw_call(SYS_socket, AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC);
    bool is_traced;

    if (fd < 0)
        return false;
    raw_call(SYS_setsockopt, fd, SOL_SOCKET, SO_SNDTIMEO, &patience,
             sizeof patience);
    raw_call(SYS_setsockopt, fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
             sizeof patience);
    is_traced = raw_call(SYS_connect, fd, &address, size) == 0;
    if (is_traced) {
        loading_permit(fd);
        is_traced = raw_call(SYS_sendto, fd, &request, sizeof request,
                             MSG_NOSIGNAL) == sizeof request &&
                    loading_answer(fd);
    }
    raw_call(SYS_close, fd);
    return is_traced;
}

#endif
