// inline_only.c - inline, and defined nowhere else
// Expect: failed data_race
#include <pthread.h>

static int counter;

inline void add_one(void);
inline void add_one(void)
{
    counter++;
}

static void *count(void *unused)
{
    add_one();
    return unused;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, count, NULL);
    add_one();
    pthread_join(thread, NULL);
    return 0;
}
