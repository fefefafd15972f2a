// drops_root.c - becomes nobody, or goes into an empty root, and goes on there
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char **words)
{
    int status;
    pid_t child;

    if (count == 2 && (chroot(words[1]) != 0 || chdir("/") != 0))
        return 1;
    if (setgid(65534) != 0 || setuid(65534) != 0)
        return 1;
    child = fork();
    if (child == 0)
        execl("/bin/echo", "echo", "as", "nobody", (char *)NULL);
    if (child == 0)
        _exit(9);
    waitpid(child, &status, 0);
    return WEXITSTATUS(status);
}
