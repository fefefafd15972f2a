// telar-check.c - judges labs: check, watch, hint, reset, list
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/keep.h"
#include "tools/course/near.h"
#include "tools/course/terminal.h"
#include "tools/grader/check.h"
#include "tools/grader/guard.h"
#include "tools/grader/hint.h"
#include "tools/grader/reset.h"
#include "tools/grader/watch.h"

static struct {
    const char *verb;
    const char *language;
    const char *theme;
    bool plain;
    struct check_plan plan;
    char **labs; // folder names; the plan's labs are these
    size_t lab_count;
} asked = {.verb = "check", .plan = {.from = "labs"}};

static const char *usage(void)
{
    return M("usage: ./telar check [LAB...] [options]   (or: make check)\n"
             "       ./telar watch [LAB...]   grade again at each save\n"
             "       ./telar hint LAB         one more hint\n"
             "       ./telar reset LAB        the starter back, yours kept\n"
             "       ./telar check --list     the labs and your points\n"
             "LAB is a number or a name: 02, pipes.\n"
             "  --from DIR      grade DIR/NN_topic instead of labs/\n"
             "  --only PROMISE  try this promise only\n"
             "  --seed N        the inputs of an earlier grading\n"
             "  --format text|json   -o FILE   --plain   --theme NAME\n"
             "  --lang es|en\n"
             "Exit status: 0 all points, 1 judged and wanting, 2 could not.",
             "uso: ./telar check [LAB...] [opciones]   (o: make check)\n"
             "     ./telar watch [LAB...]   califica otra vez al guardar\n"
             "     ./telar hint LAB         una pista más\n"
             "     ./telar reset LAB        vuelve el inicial, lo tuyo queda\n"
             "     ./telar check --list     los laboratorios y tus puntos\n"
             "LAB es un número o un nombre: 02, pipes.\n"
             "  --from DIR      califica DIR/NN_tema en lugar de labs/\n"
             "  --only PROMESA  prueba solo esa promesa\n"
             "  --seed N        las entradas de una calificación anterior\n"
             "  --format text|json   -o ARCHIVO   --plain   --theme NOMBRE\n"
             "  --lang es|en\n"
             "Estado de salida: 0 todos los puntos, 1 juzgado y le falta, "
             "2 no se pudo.");
}

// ---- Which labs -------------------------------------------------------------

static int unknown_lab(const char *name)
{
    char *words = near_words("labs", name);

    could_not(
        M("there is no lab \"%s\"; %s", "no hay un laboratorio \"%s\"; %s"),
        name, words);
    free(words);
    return 2;
}

static int find_labs(char **names, int count)
{
    if (count == 0) {
        asked.lab_count = course_list("labs", &asked.labs);
        return asked.lab_count > 0
                   ? 0
                   : could_not(M("there are no labs in %s/labs",
                                 "no hay laboratorios en %s/labs"),
                               course_root());
    }
    asked.labs = MUST(calloc((size_t)count, sizeof *asked.labs));
    for (int i = 0; i < count; i++) {
        asked.labs[i] = course_find("labs", names[i]);
        if (!asked.labs[i])
            return unknown_lab(names[i]);
        asked.lab_count++;
    }
    return 0;
}

// ---- Options ----------------------------------------------------------------

enum { FROM = 1, ONLY, SEED, FORMAT, LANGUAGE, PLAIN_ONLY, THEME, LIST, HELP };

static const struct option options[] = {
    {"from", required_argument, NULL, FROM},
    {"only", required_argument, NULL, ONLY},
    {"seed", required_argument, NULL, SEED},
    {"format", required_argument, NULL, FORMAT},
    {"output", required_argument, NULL, 'o'},
    {"lang", required_argument, NULL, LANGUAGE},
    {"plain", no_argument, NULL, PLAIN_ONLY},
    {"theme", required_argument, NULL, THEME},
    {"list", no_argument, NULL, LIST},
    {"help", no_argument, NULL, HELP},
    {0}};

static bool take_seed(const char *text)
{
    char *end;

    errno = 0;
    asked.plan.seed = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && errno == 0;
}

static bool take_format(const char *name)
{
    asked.plan.json = strcmp(name, "json") == 0;
    return asked.plan.json || strcmp(name, "text") == 0;
}

static bool take_from(const char *name)
{
    size_t length = strlen(name);

    while (length > 1 && name[length - 1] == '/')
        length--;
    asked.plan.from = MUST(strndup(name, length));
    return length > 0;
}

static bool take_option(int option)
{
    switch (option) {
    case FROM:
        return take_from(optarg);
    case ONLY:
        asked.plan.only = optarg;
        return true;
    case SEED:
        return take_seed(optarg);
    case FORMAT:
        return take_format(optarg);
    case 'o':
        asked.plan.output = optarg;
        return true;
    case LANGUAGE:
        asked.language = optarg;
        return true;
    case PLAIN_ONLY:
        asked.plain = true;
        return true;
    case THEME:
        asked.theme = optarg;
        return true;
    case LIST:
    case HELP:
        asked.verb = option == LIST ? "list" : "help";
        return true;
    default:
        return false;
    }
}

// The language may come last on the line; what is said before obeys it too.
static void find_language(int count, char **arguments)
{
    lang_set(NULL);
    for (int i = 1; i < count; i++)
        if (strcmp(arguments[i], "--lang") == 0 && i + 1 < count)
            lang_set(arguments[i + 1]);
        else if (strncmp(arguments[i], "--lang=", 7) == 0)
            lang_set(arguments[i] + 7);
}

static int wrong_value(int option)
{
    const struct option *each = options;

    while (each->name && each->val != option)
        each++;
    return could_not(M("--%s does not take \"%s\"; --help says what it takes",
                       "--%s no admite \"%s\"; --help dice qué admite"),
                     each->name, optarg);
}

static int wrong_option(int option, const char *word)
{
    return could_not(option == ':'
                         ? M("%s needs a value; --help says which",
                             "a %s le falta un valor; --help dice cuál")
                         : M("what is \"%s\"? --help lists the options",
                             "¿qué es \"%s\"? --help muestra las opciones"),
                     word);
}

static int take_options(int count, char **arguments)
{
    if (getrandom(&asked.plan.seed, 4, 0) != 4)
        asked.plan.seed = 1;
    opterr = 0;
    for (int option;
         (option = getopt_long(count, arguments, ":o:h", options, NULL)) != -1;)
        if (option == ':' || option == '?')
            return wrong_option(option, arguments[optind - 1]);
        else if (!take_option(option == 'h' ? HELP : option))
            return wrong_value(option);
    if (asked.language && !lang_set(asked.language))
        return could_not(
            M("--lang takes es or en, not %s", "--lang admite es o en, no %s"),
            asked.language);
    if (!terminal_setup(asked.plain || asked.plan.output, asked.theme))
        return could_not(M("--theme takes dark, light or none, not %s",
                           "--theme admite dark, light o none, no %s"),
                         asked.theme);
    return 0;
}

// ---- Verbs ------------------------------------------------------------------

static void take_labs_into_plan(void)
{
    asked.plan.labs = asked.labs;
    asked.plan.lab_count = asked.lab_count;
}

static int one_lab_is_wanted(void)
{
    return could_not(M("name one lab: ./telar %s LAB",
                       "nombra un laboratorio: ./telar %s LAB"),
                     asked.verb);
}

static int reset_one(const char *lab)
{
    struct brief *brief = brief_load(lab);
    int status = brief ? reset_lab(brief) : 2;

    brief_free(brief);
    return status;
}

static void list_lab(const char *lab)
{
    char *path = course_state_path("labs/%s.json", lab);
    char *text = keep_read(path, 4 << 20, NULL);
    json_t *kept = text ? json_loads(text, 0, NULL) : NULL;
    int earned, points;

    if (json_unpack(kept, "{si si}", "earned", &earned, "points", &points) == 0)
        printf("  %-24s %3d/%d\n", lab, earned, points);
    else
        printf("  %-24s   -\n", lab);
    json_decref(kept);
    free(text);
    free(path);
}

static int list_labs(void)
{
    for (size_t i = 0; i < asked.lab_count; i++)
        list_lab(asked.labs[i]);
    return 0;
}

static int check(void)
{
    int status;

    take_labs_into_plan();
    status = check_labs(&asked.plan);
    if (status == GUARD_INTERRUPTED)
        fputs(M("\ntelar: interrupted; nothing is left behind\n",
                "\ntelar: interrumpido; no queda nada atrás\n"),
              stderr);
    return status;
}

static int watch(void)
{
    take_labs_into_plan();
    return watch_labs(&asked.plan);
}

static bool wants_one_lab(void)
{
    return strcmp(asked.verb, "hint") == 0 || strcmp(asked.verb, "reset") == 0;
}

static int run_verb(void)
{
    if (strcmp(asked.verb, "check") == 0)
        return check();
    if (strcmp(asked.verb, "watch") == 0)
        return watch();
    if (strcmp(asked.verb, "list") == 0)
        return list_labs();
    if (strcmp(asked.verb, "hint") == 0)
        return hint_give(asked.labs[0]);
    return reset_one(asked.labs[0]);
}

static bool is_verb(const char *word)
{
    static const char *const verbs[] = {"check", "watch", "hint", "reset",
                                        "list"};

    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verbs[i], word) == 0)
            return true;
    return false;
}

int main(int count, char **arguments)
{
    bool named = count > 1 && is_verb(arguments[1]);
    int status;

    find_language(count, arguments);
    if (named)
        asked.verb = arguments[1];
    status = take_options(count - named, arguments + named);
    if (status == 0 && strcmp(asked.verb, "help") == 0) {
        puts(usage());
        return terminal_written(0);
    }
    if (status == 0 && wants_one_lab() && count - named - optind != 1)
        status = one_lab_is_wanted();
    if (status == 0)
        status = find_labs(arguments + named + optind, count - named - optind);
    if (status == 0)
        status = terminal_written(run_verb());
    course_free(asked.labs, asked.lab_count);
    return status;
}
