// refused by: deposits_are_never_lost
// every balance is touched as if there were one thread
#include "bank.h"

static bool exists(const struct bank *bank, int account)
{
    return account >= 0 && account < bank->count;
}

// Returns whether it was there to take. The caller holds the lock.
static bool take(struct account *account, long cents)
{
    if (account->balance < cents)
        return false;
    account->balance -= cents;
    return true;
}

bool bank_deposit(struct bank *bank, int account, long cents)
{
    if (!exists(bank, account) || cents <= 0)
        return false;
    bank->accounts[account].balance += cents;
    return true;
}

bool bank_withdraw(struct bank *bank, int account, long cents)
{
    bool done;

    if (!exists(bank, account) || cents <= 0)
        return false;
    done = take(&bank->accounts[account], cents);
    return done;
}

long bank_balance(struct bank *bank, int account)
{
    long balance;

    if (!exists(bank, account))
        return -1;
    balance = bank->accounts[account].balance;
    return balance;
}

bool bank_transfer(struct bank *bank, int from, int to, long cents)
{
    int low = from < to ? from : to;
    int high = from < to ? to : from;
    bool done;

    if (!exists(bank, low) || !exists(bank, high) || cents <= 0)
        return false;
    done = take(&bank->accounts[from], cents);
    if (done)
        bank->accounts[to].balance += cents;
    return done;
}

long bank_audit(struct bank *bank)
{
    long total = 0;

    for (int i = 0; i < bank->count; i++)
        total += bank->accounts[i].balance;
    return total;
}
