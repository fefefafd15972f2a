// play_game.c - commands of a player, and what is answered
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/explorer/play_board.h"
#include "tools/explorer/play_game.h"
#include "tools/explorer/play_tell.h"
#include "tools/explorer/report_parts.h"
#include "tools/explorer/tell.h"

enum { TEXT_BYTES = 1500, LINE_BYTES = 1000 };

// ---- Answers ----------------------------------------------------------------

static void add_said(struct game *game, enum meaning meaning, bool is_whole,
                     char *text)
{
    game->said = grow(game->said, game->said_count, sizeof *game->said);
    game->said[game->said_count++] = (struct said){meaning, is_whole, text};
}

static void forget_said(struct game *game)
{
    for (size_t i = 0; i < game->said_count; i++)
        free(game->said[i].text);
    free(game->said);
    game->said = NULL;
    game->said_count = 0;
}

static void say(struct game *game, enum meaning meaning, const char *text)
{
    add_said(game, meaning, false, MUST(strdup(text)));
}

// Begins with a capital; "main" stays what it is.
static void say_sentence(struct game *game, enum meaning meaning, char *text)
{
    if (strncmp(text, "main", 4) != 0)
        *text = (char)toupper((unsigned char)*text);
    say(game, meaning, text);
}

static void refuse(struct game *game, const char *text)
{
    game->refused = true;
    say(game, WARNING, text);
}

// What is written to it until page_end is said as it is.
static FILE *page_begin(char **text, size_t *size)
{
    return MUST(open_memstream(text, size));
}

static void page_end(struct game *game, FILE *page, char **text)
{
    fclose(page);
    add_said(game, PLAIN_TEXT, true, *text);
}

static char *schedule_of(const struct game *game)
{
    const struct play *play = game->play;
    int spurious = 0;

    for (const char *at = play_steps(play); (at = strchr(at, 's')); at++)
        spurious++;
    return schedule_text(&(struct schedule){
        .points = play->plan.points,
        .spurious =
            spurious > play->plan.spurious ? spurious : play->plan.spurious,
        .build = game->hash,
        .steps = (char *)play_steps(play)});
}

char *game_schedule(const struct game *game)
{
    char *schedule = schedule_of(game), *text;

    MUST(
        asprintf(&text,
                 M("To see it again:   ./telar explore %s --replay '%s'%s\n"
                   "To play it on:     ./telar play %s --schedule '%s'%s\n",
                   "Para verlo otra vez:  ./telar explore %s --replay '%s'%s\n"
                   "Para seguir jugando:  ./telar play %s --schedule '%s'%s\n"),
                 game->before, schedule, game->arguments, game->before,
                 schedule, game->arguments));
    free(schedule);
    return text;
}

// Not wrapped: who copies it wants it in one piece.
static void say_schedule(struct game *game)
{
    add_said(game, PLAIN_TEXT, true, game_schedule(game));
}

// ---- How far the player has come --------------------------------------------

static void say_loss(struct game *game)
{
    const struct replay *now = &game->play->now;
    char text[TEXT_BYTES], one[40], other[40], what[300], value[300];
    struct loss loss;

    if (!loss_find(now, &loss))
        return;
    tell_the_task(now->steps[loss.write].task, one, sizeof one);
    tell_the_task(now->steps[loss.other].task, other, sizeof other);
    tell_what(game->play->names, &now->steps[loss.write], what, sizeof what,
              value, sizeof value);
    snprintf(text, sizeof text,
             M("%s read %s, then %s wrote it, and %s wrote %s over that, "
               "without having seen it.",
               "%s leyó %s, después lo escribió %s, y %s escribió %s encima, "
               "sin haberlo visto."),
             one, what, other, one, value);
    say_sentence(game, PLAIN_TEXT, text);
}

// Who only opened a schedule has done nothing yet.
static void say_count(struct game *game, bool is_given)
{
    int preemptions = play_preemptions(game->play);
    size_t moves = play_count(game->play);
    char text[TEXT_BYTES], forced[100];

    snprintf(forced, sizeof forced,
             preemptions == 1 ? M("%d preemption", "%d expropiación")
                              : M("%d preemptions", "%d expropiaciones"),
             preemptions);
    snprintf(
        text, sizeof text,
        moves == 1 ? M("%s, in %zu move and %s.", "%s, en %zu jugada y %s.")
                   : M("%s, in %zu moves and %s.", "%s, en %zu jugadas y %s."),
        is_given
            ? M("This schedule reaches the goal", "Este plan llega a la meta")
            : M("Well done! The goal", "¡Lo lograste! La meta"),
        moves, forced);
    say(game, GOOD, text);
}

static void say_failure(struct game *game, const struct replay *failed,
                        const char *head, enum meaning meaning)
{
    char text[TEXT_BYTES], line[TEXT_BYTES + 100];

    tell_message(game->play->names, failed, text, sizeof text);
    snprintf(line, sizeof line, "%s%s.", head, text);
    say(game, meaning, line);
}

static void say_reached(struct game *game, bool is_given)
{
    const struct play *play = game->play;

    say_count(game, is_given);
    if (game->goal.sort == GOAL_LOSE_UPDATE)
        say_loss(game);
    if (play->now.failure.kind != NO_FAILURE)
        say_failure(game, &play->now, "", PLAIN_TEXT);
    else if (game->goal.sort != GOAL_LOSE_UPDATE)
        say_failure(game, &play->race, "", PLAIN_TEXT);
    if (game->has_screen)
        say(game, PLAIN_TEXT,
            M("p shows the schedule, to keep it.",
              "p muestra el plan, para guardarlo."));
    else
        say_schedule(game);
}

static void say_over(struct game *game)
{
    const struct play *play = game->play;

    if (!play->is_over)
        return;
    if (play->now.failure.kind != NO_FAILURE)
        say_failure(game, &play->now,
                    M("That is how it fails: ", "Así falla: "), BAD);
    else
        say(game, PLAIN_TEXT,
            M("The program has ended. u takes a move back, r begins again.",
              "El programa terminó. u deshace una jugada, r vuelve a "
              "empezar."));
}

static void say_where(struct game *game, bool is_given)
{
    bool reached = goal_reached(&game->goal, game->play);

    if (reached && !game->was_reached)
        say_reached(game, is_given);
    else
        say_over(game);
    game->was_reached = reached;
}

// ---- Moves ------------------------------------------------------------------

static void refuse_sentence(struct game *game, char *text)
{
    game->refused = true;
    say_sentence(game, WARNING, text);
}

static bool has_chance(const struct play *play, int task)
{
    for (size_t i = 0; i < play->chance_count; i++)
        if (play->chances[i].task == task)
            return true;
    return false;
}

static void refuse_waiting(struct game *game, const struct told_task *task)
{
    char who[40], why[TEXT_BYTES - 300], text[TEXT_BYTES];

    tell_the_task(task->number, who, sizeof who);
    play_tell_why(game->play, task, why, sizeof why);
    snprintf(text, sizeof text,
             task->op == OP_EXIT
                 ? M("%s ends the program when nobody else can go on.%.0s",
                     "%s termina el programa cuando nadie más pueda seguir."
                     "%.0s")
                 : M("%s cannot go on: it %s.", "%s no puede seguir: %s."),
             who, why);
    refuse_sentence(game, text);
    if (has_chance(game->play, task->number))
        say(game, PLAIN_TEXT,
            M("Chance could help it: w and a letter.",
              "El azar podría ayudarle: w y una letra."));
}

static void refuse_absent(struct game *game, int task)
{
    char text[TEXT_BYTES];

    snprintf(text, sizeof text,
             M("There is no thread %d: they are 0 to %zu.",
               "No hay un hilo %d: van de 0 a %zu."),
             task, game->play->now.task_count - 1);
    refuse(game, text);
}

static void refuse_finished(struct game *game, int task)
{
    char who[40], text[TEXT_BYTES];

    tell_the_task(task, who, sizeof who);
    snprintf(text, sizeof text, M("%s has ended.", "%s ya terminó."), who);
    refuse_sentence(game, text);
}

static bool may_move(struct game *game, int task)
{
    const struct replay *now = &game->play->now;

    if (task < 0 || task >= (int)now->task_count)
        refuse_absent(game, task);
    else if (now->tasks[task].life == TOLD_FINISHED)
        refuse_finished(game, task);
    else if (game->play->is_over && !tell_all_wait(now))
        refuse(game, M("It is over. u takes a move back, r begins again.",
                       "Se acabó. u deshace una jugada, r vuelve a empezar."));
    else if (!now->tasks[task].could_run)
        refuse_waiting(game, &now->tasks[task]);
    else
        return true;
    return false;
}

static void move(struct game *game, int task)
{
    if (!may_move(game, task))
        return;
    if (play_move(game->play, task, GO))
        say_where(game, false);
    else
        refuse(game, game->play->error);
}

static void do_chance(struct game *game, const char *argument)
{
    struct play *play = game->play;
    size_t number = (size_t)(tolower((unsigned char)*argument) - 'a');

    if (play->chance_count == 0)
        refuse(game, M("Nothing is left to chance here: no signal with several "
                       "waiters, no time limit, no spurious wakeup.",
                       "Aquí nada queda al azar: ni una señal con varios que "
                       "esperan, ni un plazo, ni un despertar espurio."));
    else if (!*argument || argument[1] || number >= play->chance_count)
        refuse(game, M("w and a letter: which of those?",
                       "w y una letra: ¿cuál de esas?"));
    else if (play_move(play, play->chances[number].task,
                       play->chances[number].alternative))
        say_where(game, false);
    else
        refuse(game, play->error);
}

static void do_finish(struct game *game, const char *argument)
{
    (void)argument;
    if (game->play->is_over)
        refuse(game, M("It is over. u takes a move back, r begins again.",
                       "Se acabó. u deshace una jugada, r vuelve a empezar."));
    else if (play_finish(game->play))
        say_where(game, false);
    else
        refuse(game, game->play->error);
}

static void do_undo(struct game *game, const char *argument)
{
    (void)argument;
    if (play_count(game->play) == 0)
        refuse(game, M("Nothing to take back: this is the beginning.",
                       "No hay qué deshacer: este es el comienzo."));
    else if (!play_undo(game->play, 1))
        refuse(game, game->play->error);
    game->was_reached = goal_reached(&game->goal, game->play);
}

static void do_restart(struct game *game, const char *argument)
{
    (void)argument;
    if (!play_restart(game->play))
        refuse(game, game->play->error);
    game->was_reached = goal_reached(&game->goal, game->play);
}

// ---- Looking ----------------------------------------------------------------

static void do_grain(struct game *game, const char *argument)
{
    static const enum grain next[] = {[GRAIN_SHARED] = GRAIN_EVERY,
                                      [GRAIN_EVERY] = GRAIN_SYNC,
                                      [GRAIN_SYNC] = GRAIN_SHARED};

    (void)argument;
    game->play->grain = next[game->play->grain];
    switch (game->play->grain) {
    case GRAIN_SHARED:
        say(game, PLAIN_TEXT,
            M("A move ends before each access to shared memory and each "
              "synchronisation.",
              "Una jugada llega hasta antes de cada acceso a memoria "
              "compartida y de cada sincronización."));
        break;
    case GRAIN_EVERY:
        say(game, PLAIN_TEXT,
            M("Finer: a move ends before each access to memory.",
              "Más fino: una jugada llega hasta antes de cada "
              "acceso a memoria."));
        break;
    case GRAIN_SYNC:
        say(game, PLAIN_TEXT,
            M("Coarser: a move ends before each synchronisation.",
              "Más grueso: una jugada llega hasta antes de cada "
              "sincronización."));
        break;
    }
}

static bool is_number(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text) &&
           strlen(text) < 6;
}

static void do_source(struct game *game, const char *argument)
{
    int task = is_number(argument) ? atoi(argument) : -1;
    char *text;
    size_t size;
    FILE *page;

    if (task < 0 || task >= (int)game->play->now.task_count) {
        refuse(game, M("s and the number of a thread: whose source?",
                       "s y el número de un hilo: ¿el código de cuál?"));
        return;
    }
    page = page_begin(&text, &size);
    board_source(page, game->play, task);
    page_end(game, page, &text);
}

static void do_schedule(struct game *game, const char *argument)
{
    (void)argument;
    say_schedule(game);
}

static void do_quit(struct game *game, const char *argument)
{
    (void)argument;
    game->has_quit = true;
}

// ---- Hints ------------------------------------------------------------------

static void say_hint_move(struct game *game, const struct hint *hint)
{
    struct play *play = game->play;
    char who[200], text[TEXT_BYTES];

    for (size_t i = 0; i < play->chance_count; i++)
        if (play->chances[i].task == hint->task &&
            play->chances[i].alternative == hint->alternative) {
            play_tell_chance(play, &play->chances[i], who, sizeof who);
            snprintf(text, sizeof text, M("Hint: w%c: %s.", "Pista: w%c: %s."),
                     'a' + (int)i, who);
            say(game, TITLE, text);
            return;
        }
    tell_the_task(hint->task, who, sizeof who);
    snprintf(text, sizeof text,
             M("Hint: %d, so that %s goes on.", "Pista: %d, para que siga %s."),
             hint->task, who);
    say(game, TITLE, text);
}

static void say_hint_undo(struct game *game, const struct hint *hint)
{
    char text[TEXT_BYTES];

    snprintf(text, sizeof text,
             hint->moves == 1
                 ? M("Hint: not from here. Take back %zu move (u).",
                     "Pista: desde aquí no. Deshaz %zu jugada (u).")
                 : M("Hint: not from here. Take back %zu moves (u).",
                     "Pista: desde aquí no. Deshaz %zu jugadas (u)."),
             hint->moves);
    say(game, TITLE, text);
}

static void do_hint(struct game *game, const char *argument)
{
    struct hint hint;

    (void)argument;
    if (game->was_reached) {
        say(game, TITLE, M("You are there already.", "Ya llegaste."));
        return;
    }
    hint = hint_next(game->hinter, game->play, &game->goal);
    if (hint.sort == HINT_MOVE)
        say_hint_move(game, &hint);
    else if (hint.sort == HINT_UNDO)
        say_hint_undo(game, &hint);
    else
        say(game, TITLE,
            M("No way there was found. It may be that there is none: "
              "./telar explore tells.",
              "No encontré un camino. Puede que no lo haya: ./telar "
              "explore lo dice."));
}

// ---- The table of commands --------------------------------------------------

static void do_help(struct game *game, const char *argument);

static const struct command {
    char key;
    const char *words; // in both languages
    bool takes_argument;
    void (*obey)(struct game *game, const char *argument);
    const char *english, *spanish;
} commands[] = {
    {'u', " undo deshacer ", false, do_undo,
     "takes the latest move back, as often as you like",
     "deshace la última jugada, cuantas veces quieras"},
    {'r', " restart reiniciar ", false, do_restart, "begins again",
     "vuelve a empezar"},
    {'x', " finer fino ", false, do_grain,
     "finer moves (each access), coarser ones (each synchronisation), as at "
     "first (each access to shared memory)",
     "jugadas más finas (cada acceso), más gruesas (cada sincronización), como "
     "al principio (cada acceso a memoria compartida)"},
    {'w', " what azar ", true, do_chance,
     "and a letter: what chance may do there happens: which waiter a signal "
     "wakes, a time limit that expires, a wakeup without a signal",
     "y una letra: pasa eso que el azar puede hacer: a quién despierta una "
     "señal, un plazo que vence, un despertar sin señal"},
    {'s', " source codigo código ", true, do_source,
     "and a number: the source where that thread stands",
     "y un número: el código donde está ese hilo"},
    {'f', " finish final ", false, do_finish,
     "all go on to the end, with nobody preempted",
     "todos siguen hasta el final, sin expropiarle el turno a nadie"},
    {'h', " hint pista ", false, do_hint,
     "a hint: the next move towards the goal",
     "una pista: la próxima jugada hacia la meta"},
    {'p', " print plan ", false, do_schedule,
     "the schedule so far, to replay it", "el plan hasta aquí, para repetirlo"},
    {'?', " help ayuda ", false, do_help, "this", "esto mismo"},
    {'q', " quit salir ", false, do_quit, "quits; so does Ctrl-D",
     "sale; Ctrl-D también"},
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void do_help(struct game *game, const char *argument)
{
    char *text;
    size_t size;
    FILE *page = page_begin(&text, &size);

    (void)argument;
    fprintf(page, "  %s0 1 2 ...%s\n      ", style(STRONG), style(PLAIN_TEXT));
    board_wrapped(page,
                  M("that thread does its next operation, and goes on up to "
                    "the one after it that others can notice",
                    "ese hilo hace su próxima operación, y sigue hasta la "
                    "siguiente que otros pueden notar"),
                  6, 6);
    for (int i = 0; i < COMMAND_COUNT; i++) {
        fprintf(page, "  %s%c%s   ", style(STRONG), commands[i].key,
                style(PLAIN_TEXT));
        board_wrapped(page, M(commands[i].english, commands[i].spanish), 6, 6);
    }
    fputs(M("  Several on a line are obeyed one after the other: 1 2 2 1\n",
            "  Varios en una línea se obedecen uno tras otro: 1 2 2 1\n"),
          page);
    page_end(game, page, &text);
}

static const struct command *command_named(const char *word, size_t length)
{
    char between[40];

    for (int i = 0; i < COMMAND_COUNT; i++)
        if (length == 1 && *word == commands[i].key)
            return &commands[i];
    if (length < 2 || length > 30)
        return NULL;
    snprintf(between, sizeof between, " %.*s ", (int)length, word);
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strstr(commands[i].words, between))
            return &commands[i];
    return NULL;
}

// ---- Obeying ----------------------------------------------------------------

// What the player typed may be anything.
static void refuse_unknown(struct game *game, const char *word, size_t length)
{
    char *shown, *text;
    size_t size;
    FILE *out = MUST(open_memstream(&shown, &size));

    print_printable(out, word, length > 40 ? 40 : length);
    fclose(out);
    MUST(asprintf(&text,
                  M("There is no command '%s'; ? names them.",
                    "No hay una orden '%s'; ? las nombra."),
                  shown));
    refuse(game, text);
    free(text);
    free(shown);
}

static void obey_word(struct game *game, const char *word, size_t length,
                      const char **rest)
{
    const struct command *command = command_named(word, length);
    char argument[40] = "";

    if (!command && length > 1 && (command = command_named(word, 1)) &&
        command->takes_argument) {
        snprintf(argument, sizeof argument, "%.*s", (int)length - 1, word + 1);
    } else if (!command ||
               (length > 1 && command_named(word, length) == NULL)) {
        refuse_unknown(game, word, length);
        return;
    } else if (command->takes_argument) {
        *rest += strspn(*rest, " \t");
        snprintf(argument, sizeof argument, "%.*s", (int)strcspn(*rest, " \t"),
                 *rest);
        *rest += strcspn(*rest, " \t");
    }
    command->obey(game, argument);
}

static void obey_one(struct game *game, const char *word, size_t length,
                     const char **rest)
{
    char number[8];

    snprintf(number, sizeof number, "%.*s", length < 7 ? (int)length : 7, word);
    if (is_number(number) && length < 6)
        move(game, atoi(number));
    else
        obey_word(game, word, length, rest);
}

void game_obey(struct game *game, const char *line)
{
    forget_said(game);
    game->refused = false;
    while (*(line += strspn(line, " \t")) && !game->refused &&
           !game->has_quit) {
        size_t length = strcspn(line, " \t");
        const char *rest = line + length;

        obey_one(game, line, length, &rest);
        line = rest;
    }
}

// Where a schedule that was entered leads may be the goal already.
void game_begin(struct game *game)
{
    forget_said(game);
    game->was_reached = false;
    say_where(game, true);
}

void game_end(struct game *game)
{
    forget_said(game);
}

static void say_gone_back(struct game *game)
{
    char text[TEXT_BYTES];

    snprintf(text, sizeof text,
             M("On from here: move %zu.", "Sigue desde aquí: jugada %zu."),
             play_count(game->play));
    say(game, PLAIN_TEXT, text);
}

void game_go_back(struct game *game, uint64_t count)
{
    forget_said(game);
    game->refused = !play_undo_to(game->play, count);
    if (game->refused)
        say(game, WARNING, game->play->error);
    else
        say_gone_back(game);
    game->was_reached = goal_reached(&game->goal, game->play);
}

// ---- Lines ------------------------------------------------------------------

static void print_said(const struct game *game)
{
    for (size_t i = 0; i < game->said_count; i++) {
        const struct said *said = &game->said[i];

        if (said->is_whole) {
            fputs(said->text, stdout);
            continue;
        }
        fputs(style(said->meaning), stdout);
        board_wrapped(stdout, said->text, 0, 2);
        fputs(style(PLAIN_TEXT), stdout);
    }
}

static void show(const struct game *game)
{
    struct board board = {.play = game->play,
                          .goal = &game->goal,
                          .name = game->name,
                          .has_news = game->said_count > 0};

    board_print(stdout, &board);
}

// Waits for a line of standard input; what is too long is left out. False at
// the end.
static bool read_line(char *line, size_t size)
{
    char *got = fgets(line, (int)size, stdin);
    size_t length = got ? strlen(got) : 0;
    int c = length && line[length - 1] == '\n' ? '\n' : 0;

    if (!got)
        return false;
    while (c != '\n' && c != EOF)
        c = getchar();
    line[strcspn(line, "\r\n")] = '\0';
    return true;
}

static bool ask(char *line, size_t size)
{
    fputs("> ", stdout);
    fflush(stdout);
    if (!read_line(line, size))
        return false;
    if (!isatty(STDIN_FILENO)) { // nobody else shows what was typed
        print_printable(stdout, line, strlen(line));
        fputc('\n', stdout);
    }
    return true;
}

void game_run(struct game *game)
{
    char line[LINE_BYTES];
    unsigned looks = game->play->looks;

    game_begin(game);
    show(game);
    print_said(game);
    while (!game->has_quit && ask(line, sizeof line)) {
        game_obey(game, line);
        if (game->has_quit)
            break;
        if (game->play->looks != looks)
            show(game);
        print_said(game);
        looks = game->play->looks;
    }
    if (!game->has_quit)
        fputc('\n', stdout);
    game_end(game);
}
