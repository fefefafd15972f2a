// closes_all.c - closes every descriptor there is, then works and ends with 7
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
    char *block;

    for (int fd = 0; fd < 65536; fd++)
        close(fd);
    if (open("/dev/null", O_WRONLY) != 0)
        return 1;
    block = malloc(100000);
    if (!block || write(0, block, 1) != 1)
        return 2;
    free(block);
    return 7;
}
