// expect: data_race,assertion
// A preprocessed program that declares what it needs itself, not quite as the
// library does.
typedef unsigned long int pthread_t;
typedef unsigned long int size_t;
extern int pthread_create(pthread_t *, const void *, void *(*)(void *), void *);
extern int pthread_join(pthread_t, void **);
extern void abort(void);
extern void __assert_fail(const char *, const char *, unsigned int,
                          const char *) __attribute__((__nothrow__, __leaf__))
__attribute__((__noreturn__));
void reach_error()
{
    ((void)sizeof((0) ? 1 : 0), __extension__({
         if (0)
             ;
         else
             __assert_fail("0", "own.c", 3, __extension__ __PRETTY_FUNCTION__);
     }));
}

int cnt = 0;

void *P0(void *arg)
{
    cnt = cnt + 1;
    return (void *)0;
}

void *P1(void *arg)
{
    cnt = cnt + 1;
    return (void *)0;
}

int main()
{
    pthread_t t0, t1;

    pthread_create(&t0, ((void *)0), P0, ((void *)0));
    pthread_create(&t1, ((void *)0), P1, ((void *)0));
    pthread_join(t0, ((void *)0));
    pthread_join(t1, ((void *)0));
    if (cnt != 2)
        reach_error();
    return 0;
}
