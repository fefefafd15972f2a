// calls_marker.c - preloaded: makes one call that nobody else makes, between
// the libraries' beginning and the program's own, so that two logs of the same
// program can be compared from there on
#include <dlfcn.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef int beginning(int (*)(int, char **, char **), int, char **,
                      void (*)(void), void (*)(void), void (*)(void), void *);

int __libc_start_main(int (*program)(int, char **, char **), int argc,
                      char **argv, void (*first)(void), void (*last)(void),
                      void (*loader)(void), void *stack);

int __libc_start_main(int (*program)(int, char **, char **), int argc,
                      char **argv, void (*first)(void), void (*last)(void),
                      void (*loader)(void), void *stack)
{
    beginning *next = (beginning *)dlsym(RTLD_NEXT, "__libc_start_main");

    syscall(SYS_tuxcall);
    return next(program, argc, argv, first, last, loader, stack);
}
