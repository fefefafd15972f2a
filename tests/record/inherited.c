// inherited.c - says all that a program finds when it begins
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/auxv.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

static void say_signals(void)
{
    sigset_t blocked;

    sigprocmask(SIG_BLOCK, NULL, &blocked);
    for (int i = 1; i <= SIGRTMAX; i++) {
        struct sigaction action;

        if (sigaction(i, NULL, &action) == 0 && action.sa_handler != SIG_DFL)
            printf("signal %d ignored\n", i);
        if (sigismember(&blocked, i) == 1)
            printf("signal %d blocked\n", i);
    }
}

static void say_limits(void)
{
    for (int i = 0; i < RLIM_NLIMITS; i++) {
        struct rlimit limit;

        getrlimit(i, &limit);
        printf("limit %d %lx %lx\n", i, (long)limit.rlim_cur,
               (long)limit.rlim_max);
    }
}

// What the kernel left on the stack, for programs that begin without libc.
static void say_stack(char **after_words)
{
    const unsigned long *fact;

    for (; *after_words; after_words++)
        if (**after_words)
            printf("on the stack %s\n", *after_words);
    for (fact = (unsigned long *)(after_words + 1); *fact; fact += 2)
        if (*fact == AT_PAGESZ || *fact == AT_UID)
            printf("fact %lu: %lu\n", fact[0], fact[1]);
}

int main(int count, char **words, char **variables)
{
    char folder[4096];

    for (int i = 0; i < count; i++)
        printf("word %s\n", words[i]);
    for (char **e = environ; *e; e++)
        printf("variable %s\n", *e);
    printf("the same for main: %d\n", variables == environ);
    say_stack(words + count + 1);
    for (int fd = 0; fd < 1024; fd++)
        if (fcntl(fd, F_GETFD) >= 0)
            printf("descriptor %d\n", fd);
    say_signals();
    say_limits();
    printf("group of its parent: %d\n", getpgrp() == getpgid(getppid()));
    printf("session %d\n", getsid(0));
    printf("umask %o\n", umask(0));
    printf("folder %s\n", getcwd(folder, sizeof folder));
    return 0;
}
