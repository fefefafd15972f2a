// lock_order.c - two threads hold one lock each and wait for the other's
// Run:    make run-lock_order            Explore: ./telar explore lock_order
// Expect: it ends, nearly always; the explorer finds the deadlock, every time
// Why:    each takes first the account it pays from, and they pay each other
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { ANA, LUIS };

static struct account {
    pthread_mutex_t lock; // guards balance
    long balance;
} bank[] = {{PTHREAD_MUTEX_INITIALIZER, 100}, {PTHREAD_MUTEX_INITIALIZER, 100}};

static void transfer(struct account *from, struct account *to, long amount)
{
    struct account *one = from; // [order]
    struct account *two = to;

    MUST(pthread_mutex_lock(&one->lock));
    MUST(pthread_mutex_lock(&two->lock));
    from->balance -= amount;
    to->balance += amount;
    MUST(pthread_mutex_unlock(&two->lock));
    MUST(pthread_mutex_unlock(&one->lock));
}

static void *ana_pays(void *unused)
{
    (void)unused;
    transfer(&bank[ANA], &bank[LUIS], 10);
    return NULL;
}

static void *luis_pays(void *unused)
{
    (void)unused;
    transfer(&bank[LUIS], &bank[ANA], 20);
    return NULL;
}

int main(void)
{
    pthread_t first, second;

    MUST(pthread_create(&first, NULL, ana_pays, NULL));
    MUST(pthread_create(&second, NULL, luis_pays, NULL));
    MUST(pthread_join(first, NULL));
    MUST(pthread_join(second, NULL));

    long total = bank[ANA].balance + bank[LUIS].balance;
    printf("ana %ld, luis %ld\n", bank[ANA].balance, bank[LUIS].balance);
    fact("total", total);
    assert(total == 200);
    return 0;
}
