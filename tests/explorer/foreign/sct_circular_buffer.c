// expect: proved
// Sends and receives by flags under a mutex.
#include <assert.h>
#include <pthread.h>
#define BUFFER_MAX 4
#define N 3
#define ERROR -1
static char buffer[BUFFER_MAX];
static unsigned int first, next;
static int buffer_size;
_Bool send, receive;
pthread_mutex_t m;

void initLog(int max)
{
    buffer_size = max;
    first = next = 0;
}

int removeLogElement(void)
{
    assert(first < (unsigned)buffer_size);
    if (next > 0 && first < (unsigned)buffer_size) {
        first++;
        return buffer[first - 1];
    }
    return ERROR;
}

int insertLogElement(int b)
{
    if (next < (unsigned)buffer_size && buffer_size > 0) {
        buffer[next] = (char)b;
        next = (next + 1) % (unsigned)buffer_size;
        assert(next < (unsigned)buffer_size);
    } else {
        return ERROR;
    }
    return b;
}

void *t1(void *arg)
{
    for (int i = 0; i < N; i++) {
        pthread_mutex_lock(&m);
        if (send) {
            insertLogElement(i);
            send = 0;
            receive = 1;
        }
        pthread_mutex_unlock(&m);
    }
    return 0;
}

void *t2(void *arg)
{
    for (int i = 0; i < N; i++) {
        pthread_mutex_lock(&m);
        if (receive) {
            assert(removeLogElement() >= 0);
            receive = 0;
            send = 1;
        }
        pthread_mutex_unlock(&m);
    }
    return 0;
}

int main()
{
    pthread_t id1, id2;

    pthread_mutex_init(&m, 0);
    initLog(BUFFER_MAX);
    send = 1;
    receive = 0;
    pthread_create(&id1, 0, t1, 0);
    pthread_create(&id2, 0, t2, 0);
    pthread_join(id1, 0);
    pthread_join(id2, 0);
    return 0;
}
