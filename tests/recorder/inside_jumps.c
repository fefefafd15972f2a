// inside_jumps.c - waits that are left by cancellation, by a jump, by a signal
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static sem_t semaphore;
static int ends[2];
static sigjmp_buf place;

static void unlock(void *at)
{
    pthread_mutex_unlock(at);
}

static void *wait_condition(void *begun)
{
    pthread_mutex_lock(&mutex);
    pthread_cleanup_push(unlock, &mutex);
    sem_post(begun);
    for (;;)
        pthread_cond_wait(&condition, &mutex);
    pthread_cleanup_pop(1);
    return NULL;
}

static void *wait_semaphore(void *begun)
{
    sem_post(begun);
    sem_wait(&semaphore);
    return NULL;
}

static void *wait_pipe(void *begun)
{
    char byte;

    sem_post(begun);
    return read(ends[0], &byte, 1) == 1 ? NULL : begun;
}

static void cancel(const char *what, void *(*routine)(void *))
{
    pthread_t thread;
    sem_t begun;
    void *result;

    sem_init(&begun, 0, 0);
    pthread_create(&thread, NULL, routine, &begun);
    sem_wait(&begun);
    pthread_mutex_lock(&mutex); // for the condition: it waits by then
    pthread_mutex_unlock(&mutex);
    pthread_cancel(thread);
    pthread_join(thread, &result);
    printf("%s: %s\n", what,
           result == PTHREAD_CANCELED ? "cancelled" : "not cancelled");
}

static void jump(int number)
{
    (void)number;
    siglongjmp(place, 1);
}

static void say(int number)
{
    (void)number;
    if (write(ends[1], "x", 1) != 1)
        _exit(9);
}

static void alarm_in(void (*handler)(int))
{
    struct itimerval soon = {{0, 0}, {0, 2000}};
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};

    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &soon, NULL);
}

static void jump_out_of_read(void)
{
    char byte;

    if (sigsetjmp(place, 1) == 0) {
        alarm_in(jump);
        if (read(ends[0], &byte, 1) >= 0)
            puts("read, which it should not");
    }
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
    puts("jumped");
}

// The handler writes what the read that it interrupts waits for.
static void read_from_handler(void)
{
    char byte = 0;
    ssize_t size;

    alarm_in(say);
    size = read(ends[0], &byte, 1);
    printf("read %zd: %c\n", size, byte);
}

static void interrupted(void)
{
    struct sigaction action = {.sa_handler = say};
    struct itimerval soon = {{0, 0}, {0, 2000}};
    char byte = 0;
    int error;

    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &soon, NULL);
    error = sem_wait(&semaphore) ? errno : 0;
    printf("semaphore: %s\n", strerror(error));
    printf("read %zd\n", read(ends[0], &byte, 1));
}

int main(void)
{
    if (pipe(ends) != 0)
        return 1;
    sem_init(&semaphore, 0, 0);
    cancel("condition", wait_condition);
    cancel("semaphore", wait_semaphore);
    cancel("pipe", wait_pipe);
    jump_out_of_read();
    read_from_handler();
    interrupted();
    return 0;
}
