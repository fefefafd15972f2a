// plain_heap.c - an object that was allocated, shared by three
#include "together.h"

struct account {
    long balance;
    int changes;
};

static struct account *account;
static long balance;
static int changes;

static void *deposit(void *argument)
{
    account->balance += 10 * (me(argument) + 1);
    account->changes++;
    return NULL;
}

static void *look(void *argument)
{
    (void)argument;
    balance = account->balance;
    return NULL;
}

int main(void)
{
    account = calloc(1, sizeof *account);
    together(deposit, deposit, look, NULL);
    changes = account->changes;
    free(account);
    account = NULL;
    return 0;
}
