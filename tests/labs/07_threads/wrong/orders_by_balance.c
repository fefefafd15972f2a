// refused by: two_transfers_never_overdraw
// closes the poorer account first, having looked at both without a lock
#include "bank.h"

static bool exists(const struct bank *bank, int account)
{
    return account >= 0 && account < bank->count;
}

static void close_account(struct bank *bank, int account)
{
    pthread_mutex_lock(&bank->accounts[account].lock);
}

static void open_account(struct bank *bank, int account)
{
    pthread_mutex_unlock(&bank->accounts[account].lock);
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
    close_account(bank, account);
    bank->accounts[account].balance += cents;
    open_account(bank, account);
    return true;
}

bool bank_withdraw(struct bank *bank, int account, long cents)
{
    bool done;

    if (!exists(bank, account) || cents <= 0)
        return false;
    close_account(bank, account);
    done = take(&bank->accounts[account], cents);
    open_account(bank, account);
    return done;
}

long bank_balance(struct bank *bank, int account)
{
    long balance;

    if (!exists(bank, account))
        return -1;
    close_account(bank, account);
    balance = bank->accounts[account].balance;
    open_account(bank, account);
    return balance;
}

bool bank_transfer(struct bank *bank, int from, int to, long cents)
{
    int low = from, high = to;
    bool done;

    if (!exists(bank, low) || !exists(bank, high) || cents <= 0)
        return false;
    if (bank->accounts[from].balance > bank->accounts[to].balance) {
        low = to;
        high = from;
    }
    close_account(bank, low);
    if (high != low)
        close_account(bank, high);
    done = take(&bank->accounts[from], cents);
    if (done)
        bank->accounts[to].balance += cents;
    if (high != low)
        open_account(bank, high);
    open_account(bank, low);
    return done;
}

long bank_audit(struct bank *bank)
{
    long total = 0;

    for (int i = 0; i < bank->count; i++)
        close_account(bank, i);
    for (int i = 0; i < bank->count; i++)
        total += bank->accounts[i].balance;
    for (int i = 0; i < bank->count; i++)
        open_account(bank, i);
    return total;
}
