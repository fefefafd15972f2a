// watch.c - is told of every write of a family of processes before it happens
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "tools/recorder/watch.h"

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#endif
#ifndef SECCOMP_IOCTL_NOTIF_SET_FLAGS
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS SECCOMP_IOW(4, __u64)
#define SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP (1UL << 0)
#endif

// How a call says how much it writes.
enum sizing { BY_THIRD, BY_VECTOR, BY_RESULT };

// The calls that can put bytes into a pipe, a terminal or a file. send and its
// family only reach sockets, which our streams never are.
static const struct writer {
    const char *name;
    int fd_argument;
    enum sizing sizing;
} writers[] = {
    {"write", 0, BY_THIRD},
    {"pwrite64", 0, BY_THIRD},
    {"writev", 0, BY_VECTOR},
    {"pwritev", 0, BY_VECTOR},
    {"pwritev2", 0, BY_VECTOR},
    {"vmsplice", 0, BY_RESULT},
    {"sendfile", 0, BY_RESULT},
    {"sendfile64", 0, BY_RESULT},
    {"tee", 1, BY_RESULT},
    {"splice", 2, BY_RESULT},
    {"copy_file_range", 2, BY_RESULT},
};
#define WRITERS (sizeof writers / sizeof *writers)

// ---- The filter -------------------------------------------------------------

// 32-bit programs have their own numbers for the same calls.
static void add_small_sister(scmp_filter_ctx filter)
{
    if (seccomp_arch_native() == SCMP_ARCH_X86_64)
        seccomp_arch_add(filter, SCMP_ARCH_X86);
    if (seccomp_arch_native() == SCMP_ARCH_AARCH64)
        seccomp_arch_add(filter, SCMP_ARCH_ARM);
}

static bool add_rules(scmp_filter_ctx filter)
{
    for (size_t i = 0; i < WRITERS; i++) {
        int number = seccomp_syscall_resolve_name(writers[i].name);

        if (number != __NR_SCMP_ERROR &&
            seccomp_rule_add(filter, SCMP_ACT_NOTIFY, number, 0) < 0)
            return false;
    }
    // A ring of requests would write without any call.
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS),
                            SCMP_SYS(io_uring_setup), 0) == 0;
}

// libseccomp writes the filter to a file; keeping it in memory lets the child
// load it with flags that this libseccomp does not know.
static bool export_filter(scmp_filter_ctx filter, struct sock_fprog *program)
{
    struct stat found;
    bool done = false;
    int fd = memfd_create("filter", MFD_CLOEXEC);

    if (fd < 0)
        return false;
    if (seccomp_export_bpf(filter, fd) == 0 && fstat(fd, &found) == 0) {
        size_t size = (size_t)found.st_size;

        program->filter = malloc(size);
        program->len = (unsigned short)(size / sizeof *program->filter);
        done = program->filter &&
               pread(fd, program->filter, size, 0) == (ssize_t)size;
    }
    close(fd);
    return done;
}

bool watch_init(struct watch *watch)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool done = false;

    *watch = (struct watch){.filter = {0}};
    if (!filter)
        return false;
    if (seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ALLOW) ==
        0) {
        add_small_sister(filter);
        done = add_rules(filter) && export_filter(filter, &watch->filter);
    }
    seccomp_release(filter);
    if (!done)
        watch_free(watch);
    return done;
}

void watch_free(struct watch *watch)
{
    free(watch->filter.filter);
    *watch = (struct watch){.filter = {0}};
}

static int load(const struct watch *watch, unsigned long flags)
{
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                        flags | SECCOMP_FILTER_FLAG_NEW_LISTENER,
                        &watch->filter);
}

int watch_install(const struct watch *watch)
{
    // The program must not become slower than without us (SPEC_ALLOW), nor
    // see its calls interrupted where the kernel can help it (5.19).
    unsigned long flags = SECCOMP_FILTER_FLAG_SPEC_ALLOW;
    __u64 sync = SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP;
    int listener;

    if (watch->filter.len == 0) {
        errno = ENOSYS;
        return -1;
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return -1;
    listener = load(watch, flags | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV);
    if (listener < 0 && errno == EINVAL)
        listener = load(watch, flags);
    if (listener >= 0) // since 6.6 it halves the cost; elsewhere it says no
        ioctl(listener, SECCOMP_IOCTL_NOTIF_SET_FLAGS, sync);
    return listener;
}

// ---- One call ---------------------------------------------------------------

static const struct writer *find_writer(const struct seccomp_data *data)
{
    static struct {
        uint32_t arch;
        int numbers[WRITERS];
    } known;

    if (known.arch != data->arch) {
        known.arch = data->arch;
        for (size_t i = 0; i < WRITERS; i++)
            known.numbers[i] =
                seccomp_syscall_resolve_name_arch(data->arch, writers[i].name);
    }
    for (size_t i = 0; i < WRITERS; i++)
        if (known.numbers[i] == data->nr)
            return &writers[i];
    return NULL;
}

// The sum of an iovec array in the memory of the task.
static uint64_t vector_size(pid_t tid, const struct seccomp_data *data)
{
    struct iovec parts[IOV_MAX];
    size_t bytes = data->args[2] * sizeof *parts;
    struct iovec here = {parts, bytes};
    struct iovec there = {(void *)(uintptr_t)data->args[1], bytes};
    uint64_t sum = 0;

    if (data->args[2] > IOV_MAX || data->arch != seccomp_arch_native() ||
        process_vm_readv(tid, &here, 1, &there, 1, 0) != (ssize_t)bytes)
        return WATCH_SIZE_UNKNOWN;
    for (size_t i = 0; i < data->args[2]; i++)
        sum += parts[i].iov_len;
    return sum;
}

static uint64_t asked_size(const struct writer *writer, pid_t tid,
                           const struct seccomp_data *data)
{
    const uint64_t most = INT_MAX & ~4095; // the kernel's MAX_RW_COUNT
    uint64_t size = WATCH_SIZE_UNKNOWN;

    if (writer->sizing == BY_THIRD)
        size = data->args[2];
    if (writer->sizing == BY_VECTOR)
        size = vector_size(tid, data);
    return size != WATCH_SIZE_UNKNOWN && size > most ? most : size;
}

bool watch_receive(int listener, struct watch_call *call)
{
    struct seccomp_notif told;
    const struct writer *writer;

    memset(&told, 0, sizeof told); // the kernel insists
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &told) < 0)
        return false;
    *call = (struct watch_call){.id = told.id,
                                .tid = (pid_t)told.pid,
                                .number = told.data.nr,
                                .fd = -1,
                                .size_bytes = WATCH_SIZE_UNKNOWN};
    writer = find_writer(&told.data);
    if (writer) {
        call->fd = (int)told.data.args[writer->fd_argument];
        call->size_bytes = asked_size(writer, call->tid, &told.data);
    }
    return true;
}

bool watch_let_go(int listener, uint64_t id)
{
    struct seccomp_notif_resp answer = {
        .id = id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};

    return ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer) == 0;
}

// ---- What a task is doing ---------------------------------------------------

static bool read_proc(pid_t tid, const char *file, char *text, size_t size)
{
    char path[64];
    ssize_t got;
    int fd;

    snprintf(path, sizeof path, "/proc/%d/%s", (int)tid, file);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    got = read(fd, text, size - 1);
    close(fd);
    text[got > 0 ? got : 0] = '\0';
    return got > 0;
}

static bool has_ended(pid_t tid)
{
    char text[512];
    const char *name_end;

    if (!read_proc(tid, "stat", text, sizeof text))
        return true;
    name_end = strrchr(text, ')');
    return name_end && strchr("ZXx", name_end[2]);
}

bool watch_has_left(pid_t tid, int number)
{
    char text[256], *end;
    long now;

    if (has_ended(tid))
        return true;
    if (!read_proc(tid, "syscall", text, sizeof text))
        return false;
    now = strtol(text, &end, 10); // "running": no number, nothing is certain
    return end != text && now != number;
}

pid_t watch_leader(pid_t tid)
{
    static struct {
        pid_t tid, leader;
    } known[64];
    size_t slot = (size_t)tid % 64;
    char text[1024];
    const char *line;

    if (known[slot].tid != tid) {
        known[slot].tid = known[slot].leader = tid;
        if (read_proc(tid, "status", text, sizeof text) &&
            (line = strstr(text, "\nTgid:")))
            known[slot].leader = (pid_t)atoi(line + 6);
    }
    return known[slot].leader;
}
