// mutex_two.c - two data, a mutex each, crossed by one more thread
#include "together.h"

static pthread_mutex_t x_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t y_lock = PTHREAD_MUTEX_INITIALIZER;
static int x, y, seen_x, seen_y;

static void *set_x(void *argument)
{
    (void)argument;
    pthread_mutex_lock(&x_lock);
    x = 1;
    pthread_mutex_unlock(&x_lock);
    return NULL;
}

static void *set_y(void *argument)
{
    (void)argument;
    pthread_mutex_lock(&y_lock);
    y = 1;
    pthread_mutex_unlock(&y_lock);
    return NULL;
}

static void *look(void *argument)
{
    (void)argument;
    pthread_mutex_lock(&x_lock);
    seen_x = x;
    pthread_mutex_unlock(&x_lock);
    pthread_mutex_lock(&y_lock);
    seen_y = y;
    pthread_mutex_unlock(&y_lock);
    return NULL;
}

int main(void)
{
    together(set_x, set_y, look, NULL);
    return 0;
}
