// accepted
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define ACCOUNTS 4

struct account {
    pthread_mutex_t lock;
    long balance; // guarded by lock
    struct {
        unsigned open : 1, level : 3;
    } state;
};

static struct account accounts[ACCOUNTS];
static long moves;
static pthread_mutex_t moves_lock = PTHREAD_MUTEX_INITIALIZER;

int bank_init(long each)
{
    for (int i = 0; i < ACCOUNTS; i++) {
        if (pthread_mutex_init(&accounts[i].lock, NULL) != 0)
            return -1;
        accounts[i].balance = each;
        accounts[i].state.open = 1;
        accounts[i].state.level = (unsigned)i;
    }
    return 0;
}

static bool is_account(int which)
{
    return which >= 0 && which < ACCOUNTS;
}

int bank_move(int from, int to, long amount)
{
    int first = from < to ? from : to, second = from < to ? to : from;

    if (!is_account(from) || !is_account(to) || from == to || amount < 0) {
        errno = EINVAL;
        return -1;
    }
    pthread_mutex_lock(&accounts[first].lock);
    pthread_mutex_lock(&accounts[second].lock);
    assert(accounts[from].state.open);
    accounts[from].balance -= amount;
    accounts[to].balance += amount;
    pthread_mutex_unlock(&accounts[second].lock);
    pthread_mutex_unlock(&accounts[first].lock);
    pthread_mutex_lock(&moves_lock);
    moves++;
    pthread_mutex_unlock(&moves_lock);
    return 0;
}

long bank_total(void)
{
    long seen[ACCOUNTS], total = 0;

    for (int i = 0; i < ACCOUNTS; i++)
        pthread_mutex_lock(&accounts[i].lock);
    for (int i = 0; i < ACCOUNTS; i++)
        seen[i] = accounts[i].balance;
    for (int i = ACCOUNTS - 1; i >= 0; i--)
        pthread_mutex_unlock(&accounts[i].lock);
    for (int i = 0; i < ACCOUNTS; i++)
        total += seen[i];
    if (total < 0)
        fprintf(stderr, "total %ld after %ld moves, 100%% wrong\n", total,
                moves);
    return total;
}
