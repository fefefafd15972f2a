// refused by: the_account_lock_guards_the_balance
// a lock for each function, and none for the account
#include "bank.h"

static bool exists(const struct bank *bank, int account)
{
    return account >= 0 && account < bank->count;
}

static pthread_mutex_t deposit_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t withdraw_lock = PTHREAD_MUTEX_INITIALIZER;

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
    pthread_mutex_lock(&deposit_lock);
    bank->accounts[account].balance += cents;
    pthread_mutex_unlock(&deposit_lock);
    return true;
}

bool bank_withdraw(struct bank *bank, int account, long cents)
{
    bool done;

    if (!exists(bank, account) || cents <= 0)
        return false;
    pthread_mutex_lock(&withdraw_lock);
    done = take(&bank->accounts[account], cents);
    pthread_mutex_unlock(&withdraw_lock);
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
    int low = from < to ? from : to;
    int high = from < to ? to : from;
    bool done;

    if (!exists(bank, low) || !exists(bank, high) || cents <= 0)
        return false;
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
