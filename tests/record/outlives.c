// outlives.c - ends at once; its child says so when words[1] appears
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(int count, char **words)
{
    if (count < 3 || fork() != 0)
        return count < 3;
    setsid();
    while (access(words[1], F_OK) != 0)
        usleep(1000);
    fclose(fopen(words[2], "w"));
    return 0;
}
