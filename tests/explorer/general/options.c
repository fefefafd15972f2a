// options.c - getopt and its variables, new in each execution
// Expect: proved; status 0
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static int threads = 2;

static void *nothing(void *unused)
{
    return unused;
}

int main(int count, char **arguments)
{
    pthread_t thread;
    int option;

    while ((option = getopt(count, arguments, "n:v")) != -1)
        if (option == 'n')
            threads = atoi(optarg);
    for (int i = 0; i < threads; i++) {
        pthread_create(&thread, NULL, nothing, NULL);
        pthread_join(thread, NULL);
    }
    return optind != 1;
}
