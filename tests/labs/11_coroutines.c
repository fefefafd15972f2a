// 11_coroutines.c - the promises of lab 11: a loop for tasks that wait
//
// Tasks play scripts: see 11_coroutines/worker.c. What must come out of one is
// found by playing it here, without any coroutine.
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/grader/suite.h"

enum { TASKS = 64, PIPES = 8, TEXT = 1 << 16, SCRIPT = 1 << 14 };

// ---- What must come out -----------------------------------------------------

struct line { // those who wait, in order
    int tasks[4096], first, last;
};

static struct {
    char script[SCRIPT], told[TEXT];
    char *at[TASKS]; // where each task is in its part
    int count;
    bool ended[TASKS], started[TASKS];
    int awaits[TASKS]; // whom; -1 nobody
    int reads[TASKS];  // which pipe; -1 none
    long wakes[TASKS]; // when; -1: does not sleep
    long order[TASKS]; // when it began to wait
    int bytes[PIPES];  // that wait in each
    long now, began;
    struct line ready;
} play;

static void told(int task, const char *what)
{
    size_t size = strlen(play.told);

    snprintf(play.told + size, sizeof play.told - size, "%d%s@%ld ", task, what,
             play.now);
}

static void line_up(int task)
{
    play.ready.tasks[play.ready.last++ % 4096] = task;
}

static void start(int task)
{
    play.started[task] = true;
    line_up(task);
}

// Reads the step of this task; its letter, and its number in *value.
static char step_of(int task, int *value)
{
    char letter = *play.at[task]++;

    *value = 0;
    if (strchr("SBANRW", letter))
        *value = (int)strtol(play.at[task], &play.at[task], 10);
    return letter;
}

static void told_result(int task, int other)
{
    char text[40];

    snprintf(text, sizeof text, "=%d", 100 + other);
    told(task, text);
}

// One step; true if the task waits now.
static bool waits(int task, char letter, int value)
{
    char text[2] = {letter, '\0'};

    play.order[task] = play.began++;
    switch (letter) {
    case 'Y':
        line_up(task);
        return true;
    case 'S':
        play.wakes[task] = play.now + value;
        return true;
    case 'B':
        play.now += value;
        return false;
    case 'A':
        if (!play.ended[value]) {
            play.awaits[task] = value;
            return true;
        }
        told_result(task, value);
        return false;
    case 'N':
        start(value);
        return false;
    case 'R':
        play.reads[task] = value;
        return true;
    case 'W':
        play.bytes[value]++;
        return false;
    default:
        told(task, text);
        return false;
    }
}

// The one of those for which is_one holds who began to wait first, or -1.
static int first_of(bool (*is_one)(int task))
{
    int first = -1;

    for (int task = 0; task < play.count; task++)
        if (is_one(task) && (first < 0 || play.order[task] < play.order[first]))
            first = task;
    return first;
}

static int ended_one;

static bool awaits_ended(int task)
{
    return play.awaits[task] == ended_one;
}

static void end(int task)
{
    int other;

    play.ended[task] = true;
    ended_one = task;
    while ((other = first_of(awaits_ended)) >= 0) {
        play.awaits[other] = -1;
        play.at[other] -= 2 + (task > 9); // asks again, and is answered then
        line_up(other);
    }
}

static void turn(int task)
{
    int value;

    while (*play.at[task]) {
        char letter = step_of(task, &value);
        if (waits(task, letter, value))
            return;
    }
    end(task);
}

static bool can_read(int task)
{
    return play.reads[task] >= 0 && play.bytes[play.reads[task]] > 0;
}

static bool is_due(int task)
{
    return play.wakes[task] >= 0 && play.wakes[task] <= play.now;
}

static void let_read(int task)
{
    play.bytes[play.reads[task]]--;
    play.reads[task] = -1;
    told(task, "!");
    line_up(task);
}

// Nobody is ready: whose time is next? False if nobody's is.
static bool jump(void)
{
    int task = first_of(can_read);

    if (task >= 0) {
        let_read(task);
        return true;
    }
    long next = -1;
    for (task = 0; task < play.count; task++)
        if (play.wakes[task] >= 0 && (next < 0 || play.wakes[task] < next))
            next = play.wakes[task];
    if (next > play.now)
        play.now = next;
    return next >= 0;
}

static bool wakes_before(int one, int other)
{
    return play.wakes[one] != play.wakes[other]
               ? play.wakes[one] < play.wakes[other]
               : play.order[one] < play.order[other];
}

static void wake(void)
{
    for (;;) {
        int first = -1;
        for (int task = 0; task < play.count; task++)
            if (is_due(task) && (first < 0 || wakes_before(task, first)))
                first = task;
        if (first < 0)
            return;
        play.wakes[first] = -1;
        line_up(first);
    }
}

static void cut(const char *script)
{
    char *at = play.script;

    memset(&play, 0, sizeof play);
    snprintf(play.script, sizeof play.script, "%s", script);
    for (char *part; (part = strsep(&at, "|")); play.count++) {
        play.at[play.count] = part + (*part == '-');
        play.awaits[play.count] = play.reads[play.count] = -1;
        play.wakes[play.count] = -1;
        if (*part != '-')
            start(play.count);
    }
}

static void interpret(const char *script)
{
    cut(script);
    told(99, "start");
    do {
        wake();
        while (play.ready.first < play.ready.last) {
            turn(play.ready.tasks[play.ready.first++ % 4096]);
            wake();
        }
    } while (jump());
}

// ---- What came out ----------------------------------------------------------

struct played {
    long long returned, error, end_ms, waits, looks;
    const char *told;
};

static struct played ask(struct worker *worker, const char *script)
{
    struct played outcome;

    worker_ask(worker, "loop_run", "s", script);
    outcome.returned = worker_int(worker);
    outcome.error = worker_int(worker);
    outcome.told = worker_text(worker);
    outcome.end_ms = worker_int(worker);
    outcome.waits = worker_int(worker);
    outcome.looks = worker_int(worker);
    return outcome;
}

// The word in which two texts differ first.
static void first_difference(const char *wanted, const char *got, char *one,
                             char *other, size_t size)
{
    size_t same = 0, word = 0;

    while (wanted[same] && wanted[same] == got[same]) {
        if (wanted[same] == ' ')
            word = same + 1;
        same++;
    }
    snprintf(one, size, "%.*s", (int)strcspn(wanted + word, " "),
             wanted + word);
    snprintf(other, size, "%.*s", (int)strcspn(got + word, " "), got + word);
    if (!*one)
        snprintf(one, size, "%s", M("the end", "el final"));
    if (!*other)
        snprintf(other, size, "%s", M("the end", "el final"));
}

// The loop plays this script as it must: who, what, and at which moment.
static void plays(struct worker *worker, const char *format, ...)
{
    char script[SCRIPT], wanted[40], got[40];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(script, sizeof script, format, arguments);
    va_end(arguments);
    struct played outcome = ask(worker, script);
    interpret(script);
    first_difference(play.told, outcome.told, wanted, got, sizeof wanted);
    expect(
        strcmp(play.told, outcome.told) == 0,
        M("tasks \"%s\" (letters are said, Y yields, S sleeps, A awaits, N "
          "starts): where \"%s\" should come there is \"%s\" "
          "(task, what it said, @ the moment)",
          "tareas \"%s\" (las letras se dicen, Y cede, S duerme, A espera, N "
          "inicia): donde debía venir \"%s\" está \"%s\" (tarea, qué "
          "dijo, @ el momento)"),
        script, wanted, got);
    expect(outcome.returned == 0,
           M("loop_run should return 0 for the tasks \"%s\"; it returned %lld",
             "loop_run debía devolver 0 con las tareas \"%s\"; devolvió %lld"),
           script, outcome.returned);
}

// ---- Scripts by chance ------------------------------------------------------

static void add(char *script, const char *format, ...)
{
    size_t size = strlen(script);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(script + size, SCRIPT - size, format, arguments);
    va_end(arguments);
}

// Tasks of a few steps each: letters, yields, and sleeps up to longest ms.
static const char *random_script(int longest)
{
    static char script[SCRIPT];
    int count = (int)random_int(3, 8);

    script[0] = '\0';
    for (int task = 0; task < count; task++) {
        add(script, task ? "|" : "");
        for (long long steps = random_int(1, 8); steps > 0; steps--)
            if (longest && random_int(0, 2) == 0)
                add(script, "S%d", (int)random_int(1, longest) * 10);
            else
                add(script, "%c",
                    random_int(0, 1) ? 'Y' : (int)random_int('a', 'z'));
    }
    return script;
}

// ---- Basic ------------------------------------------------------------------

static void run_to_the_end(void)
{
    struct worker *worker = worker_start();

    plays(worker, "a");
    plays(worker, "abc|def|ghi");
    plays(worker, "a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q|r|s|t");
    plays(worker, "z");
}

static void yields(void)
{
    struct worker *worker = worker_start();

    plays(worker, "aYb");
    plays(worker, "aYaYa|bYbYb|cYcYc");
    plays(worker, "aYb|cYYYd|e");
    for (int i = 0; i < 10; i++)
        plays(worker, "%s", random_script(0));
}

static void starts_later(void)
{
    struct worker *worker = worker_start();

    plays(worker, "aN1b|-c");
    plays(worker, "aN2b|c|-dYe");
    plays(worker, "N1YaN2Yb|-cYd|-e");
}

static void sleeps(void)
{
    struct worker *worker = worker_start();

    plays(worker, "aS10b");
    plays(worker, "aS30b|cS10d|eS20f");
    plays(worker, "S5aS5bS5c|S7dS7e");
    plays(worker, "S10a|bYcYd");
}

// ---- Intermediate -----------------------------------------------------------

static void wake_in_order(void)
{
    struct worker *worker = worker_start();

    plays(worker, "S10a|S10b|S10c");
    plays(worker, "S20a|S10S10b|S20c|S0d");
    for (int i = 0; i < 20; i++)
        plays(worker, "%s", random_script(3));
}

static void results(void)
{
    struct worker *worker = worker_start();

    plays(worker, "A1a|b");
    plays(worker, "S10A1a|b");
    plays(worker, "aA2b|cA2d|S10e|YA2f");
    plays(worker, "A1a|A2b|A3c|S5d");
    plays(worker, "N1N2A2A1A2a|-S20b|-YYc");
}

static void sleeps_instead(void)
{
    struct worker *worker = worker_start();
    struct played outcome;

    outcome = ask(worker, "S1000a|S2000b|S3000c");
    expect(outcome.waits <= 6 && outcome.looks < 100,
           M("three tasks sleep for seconds: the loop should sleep about 3 "
             "times in moment_wait; it slept %lld times and looked at the "
             "clock %lld times",
             "tres tareas duermen segundos: el ciclo debía dormir unas 3 veces "
             "en moment_wait; durmió %lld veces y miró el reloj %lld veces"),
           outcome.waits, outcome.looks);
    expect(outcome.end_ms == 3000,
           M("tasks that sleep 1000, 2000 and 3000 ms at once take 3000 ms; "
             "here %lld",
             "tareas que duermen 1000, 2000 y 3000 ms a la vez tardan 3000 ms; "
             "aquí %lld"),
           outcome.end_ms);
}

// The moment at which this task said this, or -1.
static long said_at(const char *told_all, const char *word)
{
    char needle[40];

    snprintf(needle, sizeof needle, " %s@", word);
    const char *found = strstr(told_all, needle);
    return found ? atol(found + strlen(needle)) : -1;
}

static void busy_one(void)
{
    struct worker *worker = worker_start();
    char script[SCRIPT] = "S20x|";

    for (int i = 0; i < 100; i++)
        add(script, "B5Y");
    struct played outcome = ask(worker, script);
    long woke = said_at(outcome.told, "0x");
    expect(woke >= 20 && woke <= 60,
           M("one task works 5 ms and yields, a hundred times; another one "
             "sleeps 20 ms: it should go on soon after 20 ms, and did at %ld",
             "una tarea trabaja 5 ms y cede, cien veces; otra duerme 20 ms: "
             "debía seguir poco después de 20 ms, y siguió a los %ld"),
           woke);
}

static void stacks_go(void)
{
    struct worker *worker = worker_start();

    worker_ask(worker, "many", "i", 10LL);
    long before = worker_peak_kib(worker);
    worker_ask(worker, "many", "i", 4000LL);
    long long returned = worker_int(worker), sum = worker_int(worker);
    expect(returned == 0 && sum == 4000,
           M("4000 tasks, one after the other, should give 4000; they gave "
             "%lld (loop_run: %lld)",
             "4000 tareas, una tras otra, debían dar 4000; dieron %lld "
             "(loop_run: %lld)"),
           sum, returned);
    long grown = worker_peak_kib(worker) - before;
    expect(
        grown < 16 << 10,
        M("4000 tasks, one after the other, should use one stack again and "
          "again; memory grew by %ld KiB",
          "4000 tareas, una tras otra, debían usar una misma pila una y otra "
          "vez; la memoria creció %ld KiB"),
        grown);
}

static void memory(void)
{
    struct worker *worker = worker_start();

    plays(worker, "aYb|S10c|A1d|N4e|-f");
    for (int i = 0; i < 6; i++)
        plays(worker, "%s", random_script(3));
    plays(worker, "a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p");
    worker_end(worker);
}

// ---- Advanced ---------------------------------------------------------------

static void descriptor(void)
{
    struct worker *worker = worker_start();

    plays(worker, "W0aR0b");
    plays(worker, "R0a|S10W0b");
    plays(worker, "R0W1a|R1W2b|R2c|S5W0d");
    plays(worker, "R3a|bYcYdW3e|f");
}

static void both(void)
{
    struct worker *worker = worker_start();

    plays(worker, "R0a|S10b|S20W0c|S30d");
    plays(worker, "R0aR0b|S10W0|S10S10c|S50W0");
    char script[SCRIPT] = "R0x|W0|";
    for (int i = 0; i < 300; i++)
        add(script, "B1Y");
    struct played outcome = ask(worker, script);
    long came = said_at(outcome.told, "0x");
    expect(came >= 0 && came <= 150,
           M("a byte is there at 0 ms for a task that waits for it, while "
             "another one works and yields: it should go on soon, and did at "
             "%ld ms",
             "hay un byte desde 0 ms para una tarea que lo espera, mientras "
             "otra trabaja y cede: debía seguir pronto, y siguió a los %ld ms"),
           came);
}

static void downloads(void)
{
    struct worker *worker = worker_start();
    int threads = worker_threads(worker);

    worker_ask(worker, "download", "");
    long long returned = worker_int(worker), good = worker_int(worker);
    long long waited = worker_int(worker);
    expect(returned == 0 && good == 50,
           M("50 downloads at once: %lld of 50 pages arrived whole (loop_run: "
             "%lld)",
             "50 descargas a la vez: %lld de 50 páginas llegaron enteras "
             "(loop_run: %lld)"),
           good, returned);
    expect(waited < 2000,
           M("50 downloads: the loop should sleep until something comes; it "
             "waited %lld times",
             "50 descargas: el ciclo debía dormir hasta que llegue algo; "
             "esperó %lld veces"),
           waited);
    expect(
        worker_threads(worker) <= threads,
        M("one thread is enough; there are %d", "con un hilo alcanza; hay %d"),
        worker_threads(worker));
}

enum { AT_ONCE = 20 };

// Starts the tasks, and runs those that came to be. How many did not.
static int start_and_go(struct worker *worker, const char *call)
{
    char wanted[400] = "";
    int missing = 0;

    worker_ask(worker, "loop_start", "i", (long long)AT_ONCE);
    for (int i = 0; i < AT_ONCE; i++)
        if (worker_int(worker))
            add(wanted, "%d%c@0 ", i, 'a' + i);
        else
            missing++;
    long long error = worker_int(worker);
    expect(missing == 0 || error == ENOMEM,
           M("%s failed: loop_start should say so with ENOMEM in errno; it is "
             "%lld",
             "%s falló: loop_start debía decirlo con ENOMEM en errno; es %lld"),
           call, error);
    worker_ask(worker, "go", "");
    long long returned = worker_int(worker);
    const char *got = worker_text(worker);
    expect(returned == 0 && strcmp(got, wanted) == 0,
           M("%s failed: the tasks that were started should run all the same: "
             "\"%s\"; there came \"%s\" (loop_run: %lld)",
             "%s falló: las tareas que sí se iniciaron debían correr igual: "
             "\"%s\"; vino \"%s\" (loop_run: %lld)"),
           call, wanted, got, returned);
    return missing;
}

static void no_memory(void)
{
    static const char *const calls[] = {"malloc", "calloc", "realloc"};

    for (size_t c = 0; c < sizeof calls / sizeof *calls; c++) {
        struct worker *worker = worker_start();
        worker_ask(worker, "loop_start", "i", (long long)AT_ONCE);
        int made = worker_calls(worker, calls[c]);
        worker_ask(worker, "go", "");
        int missing = start_and_go(worker, calls[c]);
        expect(missing == 0,
               M("%d of %d tasks could not be started, though there is memory",
                 "%d de %d tareas no se pudieron iniciar, aunque hay memoria"),
               missing, AT_ONCE);
        for (int nth = 1; nth <= made && nth <= 30; nth++) {
            worker_fault(worker, calls[c], nth, nth % 2, ENOMEM);
            start_and_go(worker, calls[c]);
        }
        worker_end(worker);
    }
}

static void circle(void)
{
    struct worker *worker = worker_start();
    static const char *const scripts[] = {"A1a|A0b", "S10A1a|A0b|cYd", "A0a",
                                          "A1|A2|A0|S20x"};

    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        struct played outcome = ask(worker, scripts[i]);
        interpret(scripts[i]);
        expect(outcome.returned == -1 && outcome.error == EDEADLK,
               M("tasks \"%s\" await each other: loop_run should return -1 "
                 "with EDEADLK; it returned %lld, errno %lld",
                 "tareas \"%s\": se esperan en círculo; loop_run debía "
                 "devolver -1 con EDEADLK; devolvió %lld, errno %lld"),
               scripts[i], outcome.returned, outcome.error);
        expect(strcmp(outcome.told, play.told) == 0,
               M("tasks \"%s\": those outside of the circle should run to "
                 "their end",
                 "tareas \"%s\": las que están fuera del círculo debían "
                 "terminar"),
               scripts[i]);
        plays(worker, "aYb|c");
    }
}

// ---- The table --------------------------------------------------------------

static const struct promise promises[] = {
    {.name = "tasks_run_to_their_end",
     .level = BASIC,
     .points = 10,
     .english = "every task runs, to its end",
     .spanish = "cada tarea corre, hasta su final",
     .test = run_to_the_end,
     .step = "turns"},
    {.name = "yield_lets_the_others_go_on",
     .level = BASIC,
     .points = 12,
     .english = "who yields goes to the end of the queue",
     .spanish = "quien cede va al final de la cola",
     .test = yields,
     .step = "turns"},
    {.name = "a_started_task_runs_later",
     .level = BASIC,
     .points = 6,
     .english = "a task that is started waits for its turn",
     .spanish = "una tarea recién iniciada espera su turno",
     .test = starts_later,
     .step = "turns"},
    {.name = "sleepers_go_on_when_it_is_time",
     .level = BASIC,
     .points = 12,
     .english = "who sleeps goes on when it is time",
     .spanish = "quien duerme sigue cuando es la hora",
     .test = sleeps,
     .man = "2 poll",
     .step = "waiting"},
    {.name = "sleepers_wake_in_order",
     .level = INTERMEDIATE,
     .points = 8,
     .english = "sleepers wake in the order of their moments",
     .spanish = "quienes duermen despiertan en el orden de sus momentos",
     .test = wake_in_order,
     .step = "waiting"},
    {.name = "await_gives_the_result",
     .level = INTERMEDIATE,
     .points = 10,
     .english = "who awaits a task gets its result",
     .spanish = "quien espera una tarea recibe su resultado",
     .test = results,
     .step = "stop"},
    {.name = "the_loop_sleeps_until_its_time",
     .level = INTERMEDIATE,
     .points = 6,
     .english = "with nothing to do the loop sleeps, and not too long",
     .spanish = "sin nada que hacer el ciclo duerme, y no de más",
     .test = sleeps_instead,
     .man = "2 poll",
     .step = "waiting"},
    {.name = "a_busy_task_starves_no_sleeper",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "a busy task does not keep sleepers waiting",
     .spanish = "una tarea ocupada no deja esperando a quien duerme",
     .test = busy_one,
     .step = "greedy"},
    {.name = "stacks_go_with_their_tasks",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "a task that has ended gives its stack back",
     .spanish = "una tarea que terminó devuelve su pila",
     .test = stacks_go,
     .step = "inside"},
    {.name = "memory_is_in_order",
     .level = INTERMEDIATE,
     .points = 4,
     .english = "no memory is lost, none is used when it is gone",
     .spanish = "no se pierde memoria ni se usa la que ya no está",
     .test = memory,
     .build = ADDRESS,
     .man = "3 malloc"},
    {.name = "a_task_waits_for_a_descriptor",
     .level = ADVANCED,
     .points = 6,
     .english = "a task waits for a descriptor, the others go on",
     .spanish = "una tarea espera un descriptor y las demás siguen",
     .test = descriptor,
     .man = "2 poll",
     .step = "waiting"},
    {.name = "descriptors_and_clocks_together",
     .level = ADVANCED,
     .points = 4,
     .english = "descriptors and clocks are waited for at once",
     .spanish = "descriptores y relojes se esperan a la vez",
     .test = both,
     .man = "2 poll",
     .step = "waiting"},
    {.name = "fifty_downloads_in_one_thread",
     .level = ADVANCED,
     .points = 6,
     .english = "fifty downloads at once, in one thread",
     .spanish = "cincuenta descargas a la vez, en un solo hilo",
     .test = downloads,
     .man = "2 poll",
     .step = "workers"},
    {.name = "no_memory_is_answered",
     .level = ADVANCED,
     .points = 4,
     .english = "no memory for a task: NULL, and the others run",
     .spanish = "sin memoria para una tarea: NULL, y las demás corren",
     .test = no_memory,
     .build = FAULTS,
     .man = "3 malloc"},
    {.name = "a_circle_is_told",
     .level = ADVANCED,
     .points = 4,
     .english = "tasks that await each other: -1, EDEADLK",
     .spanish = "tareas que se esperan en círculo: -1, EDEADLK",
     .test = circle,
     .man = "3 errno"},
    {0},
};

int main(int count, char **arguments)
{
    static const struct lab lab = {
        .files = {"loop.c"},
        .given = {"loop.h", "coro.h", "coro.c", "moment.h"},
        .faults = {"malloc", "calloc", "realloc"},
        .promises = promises,
    };

    return suite_main(&lab, count, arguments);
}
