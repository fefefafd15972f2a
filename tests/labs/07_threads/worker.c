// worker.c - calls the student's bank from a single thread
#include "tools/grader/worker.h"

#include "bank.h"

static struct bank bank;

static void call_open(struct call *call)
{
    int count = (int)take_int(call);

    bank_open(&bank, count, take_int(call));
}

static void call_deposit(struct call *call)
{
    int account = (int)take_int(call);

    give_int(call, bank_deposit(&bank, account, take_int(call)));
}

static void call_withdraw(struct call *call)
{
    int account = (int)take_int(call);

    give_int(call, bank_withdraw(&bank, account, take_int(call)));
}

static void call_balance(struct call *call)
{
    give_int(call, bank_balance(&bank, (int)take_int(call)));
}

static void call_transfer(struct call *call)
{
    int from = (int)take_int(call);
    int to = (int)take_int(call);

    give_int(call, bank_transfer(&bank, from, to, take_int(call)));
}

static void call_audit(struct call *call)
{
    give_int(call, bank_audit(&bank));
}

const struct operation worker_operations[] = {
    {"bank_open", call_open},
    {"bank_deposit", call_deposit},
    {"bank_withdraw", call_withdraw},
    {"bank_balance", call_balance},
    {"bank_transfer", call_transfer},
    {"bank_audit", call_audit},
    {0},
};
