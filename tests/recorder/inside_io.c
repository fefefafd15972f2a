// inside_io.c - bytes through descriptors of every sort, and closing them all
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static int ends[2], sockets[2];

static void pipes(void)
{
    struct iovec parts[2] = {{"ab", 2}, {"cd", 2}};
    char text[8] = "";
    ssize_t written = write(ends[1], "hello", 5) + writev(ends[1], parts, 2);

    printf("pipe %zd", written);
    printf(" %zd\n", read(ends[0], text, 8) + read(ends[0], text, 8));
    errno = 0;
    printf("not open: %zd %s\n", read(999, text, 8), strerror(errno));
    errno = 0;
    printf("wrong end: %zd %s\n", write(ends[0], text, 8), strerror(errno));
}

static void *send_later(void *unused)
{
    (void)unused;
    if (write(ends[1], "p", 1) + send(sockets[1], "s", 1, 0) != 2)
        exit(3);
    return NULL;
}

static void waits(void)
{
    struct pollfd asked = {.fd = ends[0], .events = POLLIN};
    struct epoll_event event = {.events = EPOLLIN};
    int epoll = epoll_create1(0);
    char byte = 0;
    fd_set set;
    pthread_t thread;

    pthread_create(&thread, NULL, send_later, NULL);
    printf("poll %d\n", poll(&asked, 1, -1));
    FD_ZERO(&set);
    FD_SET(sockets[0], &set);
    printf("select %d\n", select(sockets[0] + 1, &set, NULL, NULL, NULL));
    epoll_ctl(epoll, EPOLL_CTL_ADD, sockets[0], &event);
    printf("epoll %d\n", epoll_wait(epoll, &event, 1, -1));
    printf("recv %zd\n", recv(sockets[0], &byte, 1, 0));
    printf("read %zd\n", read(ends[0], &byte, 1));
    pthread_join(thread, NULL);
    close(epoll);
}

// The number of a pipe that was closed by libc is a file's afterwards.
static void numbers(void)
{
    int fds[2], file;
    char text[4];
    FILE *stream;

    if (pipe(fds) != 0 || write(fds[1], "1", 1) != 1 ||
        read(fds[0], text, 1) != 1)
        exit(4);
    stream = fdopen(fds[0], "r");
    fclose(stream);
    file = open("/dev/null", O_RDWR);
    printf("same number: %d, read %zd\n", file == fds[0],
           read(file, text, sizeof text));
    dup2(file, fds[1]);
    printf("written %zd\n", write(fds[1], text, 1));
    close(fds[1]);
    close(file);
}

static void files(void)
{
    char name[] = "/tmp/inside_io.XXXXXX", text[8];
    int file = mkstemp(name);

    unlink(name);
    printf("file %zd", pwrite(file, "abcdef", 6, 0));
    printf(" %zd %d", pread(file, text, 8, 2), fsync(file));
    printf(" %zd\n", sendfile(ends[1], file, &(off_t){1}, 3));
    printf("splice %zd\n", splice(ends[0], NULL, file, NULL, 3, 0));
    close(file);
}

static int close_all(void)
{
    for (int fd = 0; fd < 2000; fd++)
        close(fd);
    if (open("/dev/null", O_RDWR) != 0)
        return 1;
    return write(0, "x", 1) == 1 ? 42 : 1;
}

int main(int argc, char **argv)
{
    if (argc > 1 && !strcmp(argv[1], "close"))
        return close_all();
    if (pipe(ends) != 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) != 0)
        return 1;
    pipes();
    waits();
    numbers();
    files();
    fflush(stdout);
    return write(2, "error\n", 6) == 6 ? 0 : 1;
}
