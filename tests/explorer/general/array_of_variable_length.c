// array_of_variable_length.c - threads whose arguments lie in such arrays
// Expect: proved
#include <alloca.h>
#include <pthread.h>
#include <stdio.h>

struct part {
    int number;
    long sum;
};

static void *add_up(void *argument)
{
    struct part *part = argument;

    for (int i = 0; i <= part->number; i++)
        part->sum += i;
    return NULL;
}

static long add(int count)
{
    pthread_t threads[count];
    struct part parts[count];
    char *names = alloca(16 * (size_t)count);
    long sum = 0;

    for (int i = 0; i < count; i++) {
        parts[i] = (struct part){.number = i};
        snprintf(names + 16 * i, 16, "thread %d", i);
        pthread_create(&threads[i], NULL, add_up, &parts[i]);
    }
    for (int i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
        sum += parts[i].sum;
    }
    puts(names);
    return sum;
}

int main(int count, char **arguments)
{
    (void)arguments;
    return add(count + 2) == 4 ? 0 : 1;
}
