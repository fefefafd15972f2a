// calls_files.c - one thread and its files: each call a known number of times
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "runtime/must.h"

static void write_parts(int fd)
{
    struct iovec parts[2] = {{"one ", 4}, {"two\n", 4}};

    for (int i = 0; i < 100; i++)
        MUST(write(fd, "0123456789", 10));
    for (int i = 0; i < 10; i++)
        MUST(writev(fd, parts, 2));
}

static long read_back(int fd)
{
    char bytes[64];
    long total = 0, got;

    MUST(lseek(fd, 0, SEEK_SET));
    while ((got = MUST(read(fd, bytes, sizeof bytes))) > 0)
        total += got;
    return total;
}

static void look_at(const char *name, int fd)
{
    struct stat about;

    MUST(fstat(fd, &about));
    MUST(stat(name, &about));
    printf("%lld bytes, %d\n", (long long)about.st_size,
           access("/nowhere/at/all", F_OK));
}

int main(void)
{
    const char *name = "calls_files.data";
    int fd = MUST(open(name, O_RDWR | O_CREAT | O_EXCL, 0600));
    int copy = MUST(dup(fd));
    void *map;

    write_parts(fd);
    printf("%ld read\n", read_back(copy));
    look_at(name, fd);
    map = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
    printf("%.10s\n", (char *)map);
    MUST(munmap(map, 4096));
    MUST(close(fd));
    MUST(close(copy));
    MUST(unlink(name));
    return 7;
}
