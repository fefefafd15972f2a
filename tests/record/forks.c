// forks.c - forks and vforks in turn; each child ends with its number
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status, sum = 0;

    for (int i = 1; i <= 4; i++) {
        pid_t child = i % 2 ? fork() : vfork();

        if (child == 0 && i == 4)
            execl("/bin/sh", "sh", "-c", "exit 4", (char *)NULL);
        if (child == 0)
            _exit(i);
        waitpid(child, &status, 0);
        sum += WEXITSTATUS(status);
    }
    printf("%d\n", sum);
    return sum;
}
