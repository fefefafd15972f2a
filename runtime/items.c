// items.c - a program with queues of its own says what goes through them
//
// The one that watches is a library that was loaded before the program and has
// a function with the name telar_items.
#include "runtime/items.h"

#if defined __has_feature
#if __has_feature(thread_sanitizer)
#define WATCHED_OTHERWISE
#endif
#elif defined __SANITIZE_THREAD__
#define WATCHED_OTHERWISE
#endif

#ifdef WATCHED_OTHERWISE

static void say(const char *what, const void *queue, uint64_t value,
                const char *name)
{
    (void)what, (void)queue, (void)value, (void)name;
}

#else

#include <dlfcn.h>
#include <pthread.h>

static pthread_once_t looked = PTHREAD_ONCE_INIT;
static void (*tell)(const char *what, const void *queue, uint64_t value,
                    const char *name);

// ISO C knows no way from a void * to a function; POSIX shows this one.
static void look_for_watcher(void)
{
    *(void **)&tell = dlsym(RTLD_DEFAULT, "telar_items");
}

static void say(const char *what, const void *queue, uint64_t value,
                const char *name)
{
    pthread_once(&looked, look_for_watcher);
    if (tell)
        tell(what, queue, value, name);
}

#endif

void items_queue(const void *queue, size_t capacity, const char *name)
{
    say("queue", queue, capacity, name);
}

void items_offered(const void *queue, uint64_t item)
{
    say("offered", queue, item, NULL);
}

void items_put(const void *queue, uint64_t item)
{
    say("put", queue, item, NULL);
}

void items_asked(const void *queue)
{
    say("asked", queue, 0, NULL);
}

void items_taken(const void *queue, uint64_t item)
{
    say("taken", queue, item, NULL);
}

void items_refused(const void *queue)
{
    say("refused", queue, 0, NULL);
}

void items_closed(const void *queue)
{
    say("closed", queue, 0, NULL);
}
