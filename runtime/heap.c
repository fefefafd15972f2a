// heap.c - a program that manages memory of its own says where its blocks are
#include <dlfcn.h>
#include <pthread.h>

#include "runtime/heap.h"

static pthread_once_t looked = PTHREAD_ONCE_INIT;
static void (*say_taken)(const void *block, size_t size);
static void (*say_freed)(const void *block);

// ISO C knows no way from a void * to a function; POSIX shows this one.
static void look_for_watcher(void)
{
    *(void **)&say_taken = dlsym(RTLD_DEFAULT, "telar_block_taken");
    *(void **)&say_freed = dlsym(RTLD_DEFAULT, "telar_block_freed");
}

void heap_taken(const void *block, size_t size)
{
    pthread_once(&looked, look_for_watcher);
    if (say_taken)
        say_taken(block, size);
}

void heap_freed(const void *block)
{
    pthread_once(&looked, look_for_watcher);
    if (say_freed)
        say_freed(block);
}
