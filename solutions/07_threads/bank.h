// bank.h - the accounts of a bank, used by many threads (given, do not edit)
//
// Interface: bank_open, bank_close (given); bank_deposit, bank_withdraw,
// bank_balance, bank_transfer, bank_audit (you write these, in bank.c).
// Threads: between bank_open and bank_close any number of threads may call any
// of them at the same time, and none of them may wait for ever. Ownership: the
// bank belongs to the caller; nothing is allocated.
#ifndef BANK_H
#define BANK_H

#include <pthread.h>
#include <stdbool.h>

enum { BANK_LIMIT = 8 };

// Whoever reads or writes the balance of an account holds the lock of that
// account. The bank has other programs, which you do not see; they keep to this
// rule as well, and hold one lock at a time.
struct account {
    pthread_mutex_t lock; // guards balance
    long balance;         // in cents, never below 0
};

struct bank {
    int count; // of accounts: 0 ... count - 1. Never changes while it is open
    struct account accounts[BANK_LIMIT];
};

// GIVEN, in open_bank.c.
// A bank with count accounts (1 to BANK_LIMIT), each with so many cents.
void bank_open(struct bank *bank, int count, long cents);

// GIVEN. Nobody may use the bank any more.
void bank_close(struct bank *bank);

// Puts cents into an account. Returns false, and changes nothing, when there is
// no such account or cents is not above 0.
bool bank_deposit(struct bank *bank, int account, long cents);

// Takes cents out of an account. Returns false, and changes nothing, when there
// is no such account, cents is not above 0, or less than that is in it.
bool bank_withdraw(struct bank *bank, int account, long cents);

// What is in the account, -1 when there is no such account.
long bank_balance(struct bank *bank, int account);

// Moves cents from one account to another. Returns false, and changes nothing,
// when one of them is not there, cents is not above 0, or less than that is in
// `from`. Whoever looks at both accounts at once never finds the money in
// neither of them, or in both. From an account to itself is allowed: so much
// must be there, and nothing changes.
bool bank_transfer(struct bank *bank, int from, int to, long cents);

// The sum of all balances at one single moment: while there are only transfers
// it is always the same.
long bank_audit(struct bank *bank);

#endif
