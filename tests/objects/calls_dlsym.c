// refused: uses dlsym
#define _GNU_SOURCE
#include <dlfcn.h>

void lab(void)
{
    dlsym(0, "write");
}
