// 07_threads.c - the promises of lab 07
//
// The basic level asks the bank in a single thread. The other two give the
// student's bank.c and a program of harness/ to the explorer: a promise is kept
// when every interleaving was tried and none breaks it.
#include "tools/grader/suite.h"

enum { ROUNDS = 20, BANK_LIMIT = 8 };

// ---- What the bank should be worth ------------------------------------------

// The suite keeps its own books.
struct books {
    struct worker *worker;
    int count;
    long long balances[BANK_LIMIT];
};

static struct books books_open(int count, long long cents)
{
    struct books books = {.worker = worker_start(), .count = count};

    worker_ask(books.worker, "bank_open", "ii", (long long)count, cents);
    for (int i = 0; i < count; i++)
        books.balances[i] = cents;
    return books;
}

static void has(struct books *books, int account)
{
    worker_ask(books->worker, "bank_balance", "i", (long long)account);
    long long balance = worker_int(books->worker);
    expect(balance == books->balances[account],
           M("there should be %lld in account %d; bank_balance says %lld",
             "en la cuenta %2$d debía haber %1$lld; bank_balance dice %3$lld"),
           books->balances[account], account, balance);
}

static void all_have(struct books *books)
{
    for (int i = 0; i < books->count; i++)
        has(books, i);
}

static const char *spelled(bool answer)
{
    return answer ? "true" : "false";
}

static void moves(struct books *books, const char *operation, int account,
                  long long cents, bool expected)
{
    worker_ask(books->worker, operation, "ii", (long long)account, cents);
    bool done = worker_int(books->worker);
    expect(done == expected,
           M("%s of %lld, account %d of %d with %lld in it, should return %s; "
             "it returned %s",
             "%s de %lld, cuenta %d de %d, que tiene %lld, debía devolver %s; "
             "devolvió %s"),
           operation, cents, account, books->count,
           account >= 0 && account < books->count ? books->balances[account]
                                                  : 0LL,
           spelled(expected), spelled(done));
}

static void deposits(struct books *books, int account, long long cents)
{
    moves(books, "bank_deposit", account, cents, true);
    books->balances[account] += cents;
}

static void withdraws(struct books *books, int account, long long cents)
{
    moves(books, "bank_withdraw", account, cents, true);
    books->balances[account] -= cents;
}

static void transfers(struct books *books, int from, int to, long long cents,
                      bool expected)
{
    worker_ask(books->worker, "bank_transfer", "iii", (long long)from,
               (long long)to, cents);
    bool done = worker_int(books->worker);
    expect(done == expected,
           M("bank_transfer of %lld from account %d to %d should return %s; it "
             "returned %s",
             "bank_transfer de %lld de la cuenta %d a la %d debía devolver %s; "
             "devolvió %s"),
           cents, from, to, spelled(expected), spelled(done));
    if (expected) {
        books->balances[from] -= cents;
        books->balances[to] += cents;
    }
}

static int some_account(const struct books *books)
{
    return (int)random_int(0, books->count - 1);
}

// ---- Basic ------------------------------------------------------------------

static void deposit_adds(void)
{
    struct books books = books_open(4, 100);

    for (int i = 0; i < ROUNDS; i++)
        deposits(&books, some_account(&books), random_int(1, 100000));
    all_have(&books);
}

static void withdraw_takes(void)
{
    struct books books = books_open(3, 1000000);

    for (int i = 0; i < ROUNDS; i++)
        withdraws(&books, some_account(&books), random_int(1, 9999));
    withdraws(&books, 1, books.balances[1]); // to the last cent
    all_have(&books);
}

static void overdraft(void)
{
    struct books books = books_open(2, 500);

    withdraws(&books, 0, 100);
    for (int i = 0; i < ROUNDS; i++) {
        moves(&books, "bank_withdraw", 0, 400 + random_int(1, 1000), false);
        transfers(&books, 0, 1, 400 + random_int(1, 1000), false);
    }
    all_have(&books);
    withdraws(&books, 0, 400);
    moves(&books, "bank_withdraw", 0, 1, false);
    all_have(&books);
}

static void transfer_moves(void)
{
    struct books books = books_open(5, 1000000);

    for (int i = 0; i < ROUNDS; i++) {
        int from = some_account(&books);

        transfers(&books, from, (from + (int)random_int(1, 4)) % 5,
                  random_int(1, 9999), true);
    }
    transfers(&books, 3, 0, books.balances[3], true);
    all_have(&books);
}

static void to_itself(void)
{
    struct books books = books_open(3, 700);

    transfers(&books, 0, 1, 200, true);
    transfers(&books, 1, 1, 900, true);
    transfers(&books, 2, 2, 1, true);
    transfers(&books, 0, 0, 501, false);
    all_have(&books);
}

static void bad_orders(void)
{
    struct books books = books_open(3, 500);
    static const int nowhere[] = {-1, 3, 4, BANK_LIMIT, 1000000, -1000000};

    deposits(&books, 0, 1);
    for (int i = 0; i < 6; i++) {
        moves(&books, "bank_deposit", nowhere[i], 10, false);
        moves(&books, "bank_withdraw", nowhere[i], 10, false);
        transfers(&books, nowhere[i], 0, 10, false);
        transfers(&books, 0, nowhere[i], 10, false);
    }
    for (long long cents = 0; cents >= -60; cents -= 20) {
        moves(&books, "bank_deposit", 1, cents, false);
        moves(&books, "bank_withdraw", 1, cents, false);
        transfers(&books, 0, 1, cents, false);
    }
    all_have(&books);
    worker_ask(books.worker, "bank_balance", "i", 3LL);
    long long balance = worker_int(books.worker);
    expect(balance == -1,
           M("bank_balance of account 3 of 3, which does not exist, should be "
             "-1; it is %lld",
             "bank_balance de la cuenta 3 de 3, que no existe, debía ser -1; "
             "es %lld"),
           balance);
}

static void audit(void)
{
    for (int count = 1; count <= BANK_LIMIT; count++) {
        struct books books = books_open(count, random_int(1, 9999));
        long long total = 0;

        deposits(&books, count - 1, random_int(1, 9999));
        for (int i = 0; i < count; i++)
            total += books.balances[i];
        worker_ask(books.worker, "bank_audit", "");
        long long said = worker_int(books.worker);
        expect(said == total,
               M("%d accounts have %lld in all; bank_audit says %lld",
                 "%d cuentas tienen %lld en total; bank_audit dice %lld"),
               count, total, said);
        all_have(&books);
    }
}

// ---- The table --------------------------------------------------------------

static const struct promise promises[] = {
    {.name = "deposit_adds",
     .level = BASIC,
     .points = 6,
     .english = "a deposit adds to its account, and to no other",
     .spanish = "un depósito suma en su cuenta, y en ninguna otra",
     .test = deposit_adds,
     .step = NULL},
    {.name = "withdraw_takes_what_is_there",
     .level = BASIC,
     .points = 6,
     .english = "a withdrawal takes what is there, to the last cent",
     .spanish = "un retiro saca lo que hay, hasta el último centavo",
     .test = withdraw_takes,
     .step = NULL},
    {.name = "overdraft_is_refused",
     .level = BASIC,
     .points = 6,
     .english = "nobody gets more than there is",
     .spanish = "nadie saca más de lo que hay",
     .test = overdraft,
     .step = "check_then_act"},
    {.name = "transfer_moves_money",
     .level = BASIC,
     .points = 8,
     .english = "a transfer moves money from one account to another",
     .spanish = "una transferencia pasa dinero de una cuenta a otra",
     .test = transfer_moves,
     .step = NULL},
    {.name = "transfer_to_itself_changes_nothing",
     .level = BASIC,
     .points = 4,
     .english = "from an account to itself: nothing changes",
     .spanish = "de una cuenta a sí misma: no cambia nada",
     .test = to_itself,
     .man = "3 pthread_mutex_lock",
     .step = "lock_order"},
    {.name = "bad_orders_change_nothing",
     .level = BASIC,
     .points = 5,
     .english = "no such account, no such amount: false, nothing changes",
     .spanish = "cuenta o monto imposibles: false, y no cambia nada",
     .test = bad_orders,
     .step = NULL},
    {.name = "audit_adds_up",
     .level = BASIC,
     .points = 5,
     .english = "the audit is the sum of all the accounts",
     .spanish = "la auditoría es la suma de todas las cuentas",
     .test = audit,
     .step = NULL},
    {.name = "deposits_are_never_lost",
     .level = INTERMEDIATE,
     .points = 8,
     .english = "two deposits at once: none is lost, in any order",
     .spanish = "dos depósitos a la vez: no se pierde ninguno",
     .explore = "deposits",
     .status = 7,
     .man = "3 pthread_mutex_lock",
     .step = "lost_update"},
    {.name = "two_withdrawals_never_overdraw",
     .level = INTERMEDIATE,
     .points = 8,
     .english = "two withdrawals at once never overdraw",
     .spanish = "dos retiros a la vez nunca dejan la cuenta en rojo",
     .explore = "withdrawals",
     .status = 7,
     .man = "3 pthread_mutex_lock",
     .step = "check_then_act"},
    {.name = "balance_is_read_under_its_lock",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "a balance is read under its lock",
     .spanish = "el saldo se lee con su cerrojo",
     .explore = "balance",
     .status = 7,
     .man = "3 pthread_mutex_lock",
     .step = "guards"},
    {.name = "the_account_lock_guards_the_balance",
     .level = INTERMEDIATE,
     .points = 6,
     .english = "the lock of the account is the one that guards it",
     .spanish = "el cerrojo que protege una cuenta es el suyo",
     .explore = "interest",
     .status = 7,
     .man = "3 pthread_mutex_lock",
     .step = "guards"},
    {.name = "two_transfers_never_overdraw",
     .level = INTERMEDIATE,
     .points = 6,
     .english = "two transfers at once never overdraw",
     .spanish = "dos transferencias a la vez nunca dejan en rojo",
     .explore = "transfers",
     .status = 7,
     .man = "3 pthread_mutex_lock",
     .step = "check_then_act"},
    {.name = "a_refusal_leaves_no_lock_closed",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "what is refused leaves no lock closed",
     .spanish = "lo que se rechaza no deja ningún cerrojo cerrado",
     .explore = "refusals",
     .status = 7,
     .man = "3 pthread_mutex_unlock",
     .step = "guards"},
    {.name = "opposite_transfers_never_deadlock",
     .level = ADVANCED,
     .points = 8,
     .english = "two accounts that pay each other never deadlock",
     .spanish = "dos cuentas que se pagan entre sí no se interbloquean",
     .explore = "opposite",
     .status = 7,
     .man = "3 pthread_mutex_lock",
     .step = "lock_order"},
    {.name = "a_ring_of_transfers_never_deadlocks",
     .level = ADVANCED,
     .points = 4,
     .english = "nor do three that pay one another in a ring",
     .spanish = "ni tres que se pagan en ronda",
     .explore = "ring",
     .status = 7,
     .man = "3 pthread_mutex_lock",
     .step = "lock_order"},
    {.name = "audit_sees_a_constant_total",
     .level = ADVANCED,
     .points = 8,
     .english = "while money moves, the audit always sees the same total",
     .spanish = "mientras se transfiere, la auditoría da siempre lo mismo",
     .explore = "audit",
     .status = 7,
     .man = "3 pthread_mutex_lock",
     .step = "lock_order"},
    {.name = "a_closed_account_stops_only_its_own",
     .level = ADVANCED,
     .points = 4,
     .english = "who waits for one account holds up nobody else",
     .spanish = "quien espera una cuenta no detiene a los demás",
     .explore = "closed",
     .status = 7,
     .man = "3 pthread_mutex_lock",
     .step = "guards"},
    {0},
};

int main(int count, char **arguments)
{
    static const struct lab lab = {
        .files = {"bank.c"},
        .given = {"bank.h", "open_bank.c"},
        .promises = promises,
    };

    return suite_main(&lab, count, arguments);
}
