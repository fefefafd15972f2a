// directive.c - one directive of a lesson, checked by itself
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/player/condition.h"
#include "tools/player/directive.h"
#include "tools/player/sentence.h"

struct complaint {
    char *text;
    size_t size;
};

// Keeps what is wrong. Returns false, for "return complain(...)".
__attribute__((format(printf, 2, 3))) static bool
complain(struct complaint *p, const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    vsnprintf(p->text, p->size, format, rest);
    va_end(rest);
    return false;
}

// ---- What a directive may say ----------------------------------------------

struct verb_rule {
    const char *name;
    bool has_body;
    bool in_introduction;
};

static const struct verb_rule verbs[] = {
    [VERB_TEXT] = {"", false, true},
    [VERB_SHOW] = {"show", false, false},
    [VERB_ASK] = {"ask", true, false},
    [VERB_RUN] = {"run", false, false},
    [VERB_CLAIM] = {"claim", true, false},
    [VERB_NOTE] = {"note", true, true},
    [VERB_VIEW] = {"view", false, false},
    [VERB_EXPLORE] = {"explore", false, false},
    [VERB_PLAY] = {"play", false, false},
    [VERB_PLOT] = {"plot", false, false},
    [VERB_STEP] = {"step", false, true},
    [VERB_TIME] = {"time", false, false},
    [VERB_END] = {"end", false, true},
};
enum { VERB_COUNT = sizeof verbs / sizeof *verbs };

enum value_kind {
    AN_ID,
    A_FILE,
    A_PATH,
    A_COUNT,
    A_CONDITION,
    A_FACT,
    A_TYPE,
    A_STDIO,
    YES_OR_NO,
    A_VERDICT,
    A_VIEW,
    A_MOMENT,
    SOME_POINTS,
    A_FIGURE,
    WORDS
};

static const struct rule {
    enum verb verb;
    const char *key;
    enum value_kind kind;
    bool required;
    long most; // of A_COUNT
} rules[] = {
    {VERB_STEP, "id", AN_ID, true, 0},
    {VERB_TIME, "minutes", A_COUNT, true, 600},
    {VERB_SHOW, "file", A_PATH, true, 0},
    {VERB_SHOW, "mark", A_FILE, false, 0},
    {VERB_SHOW, "lines", A_COUNT, false, 500},
    {VERB_SHOW, "to", A_FILE, false, 0},
    {VERB_ASK, "id", AN_ID, true, 0},
    {VERB_ASK, "type", A_TYPE, true, 0},
    {VERB_ASK, "answer", A_FACT, false, 0},
    {VERB_ASK, "within", A_COUNT, false, 1000},
    {VERB_RUN, "program", A_FILE, true, 0},
    {VERB_RUN, "args", WORDS, false, 0},
    {VERB_RUN, "stdio", A_STDIO, false, 0},
    {VERB_RUN, "order", YES_OR_NO, false, 0},
    {VERB_RUN, "record", YES_OR_NO, false, 0},
    {VERB_RUN, "as", AN_ID, false, 0},
    {VERB_RUN, "timeout", A_COUNT, false, 600},
    {VERB_RUN, "status", A_COUNT, false, 255},
    {VERB_RUN, "input", WORDS, false, 0},
    {VERB_CLAIM, "id", AN_ID, true, 0},
    {VERB_CLAIM, "source", WORDS, true, 0},
    {VERB_CLAIM, "true", A_CONDITION, false, 0},
    {VERB_CLAIM, "partly", A_CONDITION, false, 0},
    {VERB_CLAIM, "false", A_CONDITION, false, 0},
    {VERB_CLAIM, "figure", A_FIGURE, false, 0},
    {VERB_VIEW, "run", AN_ID, true, 0},
    {VERB_VIEW, "at", A_MOMENT, false, 0},
    {VERB_VIEW, "view", A_VIEW, false, 0},
    {VERB_EXPLORE, "program", A_FILE, true, 0},
    {VERB_EXPLORE, "args", WORDS, false, 0},
    {VERB_EXPLORE, "as", AN_ID, false, 0},
    {VERB_EXPLORE, "verdict", A_VERDICT, false, 0},
    {VERB_EXPLORE, "brief", YES_OR_NO, false, 0},
    {VERB_EXPLORE, "points", SOME_POINTS, false, 0},
    {VERB_EXPLORE, "strategy", AN_ID, false, 0},
    {VERB_EXPLORE, "check", WORDS, false, 0},
    {VERB_EXPLORE, "keep_going", YES_OR_NO, false, 0},
    {VERB_EXPLORE, "spurious", A_COUNT, false, 9},
    {VERB_EXPLORE, "max", A_COUNT, false, 99999},
    {VERB_EXPLORE, "seconds", A_COUNT, false, 600},
    {VERB_EXPLORE, "seed", A_COUNT, false, 99999},
    {VERB_PLAY, "program", A_FILE, true, 0},
    {VERB_PLAY, "args", WORDS, false, 0},
    {VERB_PLAY, "points", SOME_POINTS, false, 0},
    {VERB_PLAY, "goal", WORDS, false, 0},
    {VERB_PLAY, "spurious", A_COUNT, false, 9},
    {VERB_PLOT, "chart", A_FILE, true, 0},
    {VERB_PLOT, "as", AN_ID, false, 0},
};
enum { RULE_COUNT = sizeof rules / sizeof *rules };

const char *verb_name(enum verb verb)
{
    return verbs[verb].name;
}

const char *item_value(const struct item *item, const char *key)
{
    for (size_t i = 0; i < item->attribute_count; i++)
        if (strcmp(item->attributes[i].key, key) == 0)
            return item->attributes[i].value;
    return NULL;
}

long item_number(const struct item *item, const char *key, long otherwise)
{
    const char *value = item_value(item, key);

    return value ? strtol(value, NULL, 10) : otherwise;
}

const char *item_option(const struct item *item, size_t n)
{
    const char key[] = {(char)('a' + n), '\0'};

    return n < OPTION_LIMIT ? item_value(item, key) : NULL;
}

bool item_records_order(const struct item *item)
{
    const char *value = item_value(item, "order");

    return !value || strcmp(value, "yes") == 0;
}

bool item_is_recorded(const struct item *item)
{
    const char *value = item_value(item, "record");

    return value && strcmp(value, "yes") == 0;
}

static bool has_type(const struct item *item, const char *type)
{
    const char *value = item_value(item, "type");

    return value && strcmp(value, type) == 0;
}

static bool is_option(const struct item *item, const char *key)
{
    return item->verb == VERB_ASK && strlen(key) == 1 && *key >= 'a' &&
           *key < 'a' + OPTION_LIMIT;
}

static bool made_of(const char *value, const char *extra)
{
    size_t length = strlen(value);

    if (length == 0 || length > ID_LIMIT)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!islower((unsigned char)value[i]) &&
            !isdigit((unsigned char)value[i]) && !strchr(extra, value[i]))
            return false;
    return true;
}

static bool is_count(const char *value, long most)
{
    size_t length = strlen(value);

    return length > 0 && length < 6 && strspn(value, "0123456789") == length &&
           strtol(value, NULL, 10) <= most;
}

static bool is_one_of(const char *value, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(value, *words) == 0)
            return true;
    return false;
}

// As "telar view --at" takes it: "end", "wrong", #EVENT, or a time.
static bool is_moment(const char *value)
{
    static const char *const units[] = {"", "ns", "us", "ms", "s", NULL};
    size_t digits = strspn(value, "0123456789");

    if (strcmp(value, "end") == 0 || strcmp(value, "wrong") == 0)
        return true;
    if (*value == '#')
        return is_count(value + 1, 99999);
    if (digits > 0 && value[digits] == '.')
        digits += 1 + strspn(value + digits + 1, "0123456789");
    return digits > 0 && digits < 10 && is_one_of(value + digits, units);
}

static bool value_fits(const struct rule *rule, const char *value)
{
    static const char *const types[] = {"choice", "number", "order", NULL};
    static const char *const stdios[] = {"pipe", "tty", "file", NULL};
    static const char *const answers[] = {"yes", "no", NULL};
    static const char *const verdicts[] = {"proved", "sampled", "failed", NULL};
    static const char *const views[] = {"timeline",   "locks",  "factory",
                                        "pipes",      "heap",   "source",
                                        "statistics", "charts", NULL};
    static const char *const points[] = {"auto", "sync", "races", "accesses",
                                         NULL};
    static const char path[] = "/_.-ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const char *capitals = path + 1;

    switch (rule->kind) {
    case AN_ID:
        return made_of(value, "_");
    case A_FILE:
        return made_of(value, capitals) && *value != '.';
    case A_PATH: // below the lesson's folder
        return made_of(value, path) && *value != '.' && *value != '/' &&
               !strstr(value, "/.");
    case A_FACT:
        return made_of(value, capitals) && !isdigit((unsigned char)*value);
    case A_COUNT:
        return is_count(value, rule->most);
    case A_TYPE:
        return is_one_of(value, types);
    case A_STDIO:
        return is_one_of(value, stdios);
    case YES_OR_NO:
        return is_one_of(value, answers);
    case A_VERDICT:
        return is_one_of(value, verdicts);
    case A_VIEW:
        return is_one_of(value, views);
    case A_MOMENT:
        return is_moment(value);
    case SOME_POINTS:
        return is_one_of(value, points);
    case A_CONDITION:
    case A_FIGURE:
    case WORDS:
        break;
    }
    return true;
}

static bool check_condition(struct complaint *p, const struct attribute *said)
{
    char reason[128];

    if (condition_check(said->value, reason, sizeof reason))
        return true;
    return complain(
        p,
        M("%s=\"%s\" is no condition: %s", "%s=\"%s\" no es una condición: %s"),
        said->key, said->value, reason);
}

static bool check_figure(struct complaint *p, const struct attribute *said)
{
    char reason[128];

    if (sentence_check(said->value, reason, sizeof reason))
        return true;
    return complain(p, M("%s= is no sentence: %s", "%s= no es una frase: %s"),
                    said->key, reason);
}

static const struct rule *rule_of(enum verb verb, const char *key)
{
    for (int i = 0; i < RULE_COUNT; i++)
        if (rules[i].verb == verb && strcmp(rules[i].key, key) == 0)
            return &rules[i];
    return NULL;
}

static bool check_attribute(struct complaint *p, const struct item *item,
                            const struct attribute *said)
{
    const struct rule *rule = rule_of(item->verb, said->key);

    if (is_option(item, said->key))
        return !has_type(item, "choice") || check_condition(p, said);
    if (!rule)
        return complain(p, M("\"%s\" has no \"%s\"", "\"%s\" no lleva \"%s\""),
                        verb_name(item->verb), said->key);
    if (rule->kind == A_CONDITION)
        return check_condition(p, said);
    if (rule->kind == A_FIGURE)
        return check_figure(p, said);
    if (!value_fits(rule, said->value))
        return complain(p, M("%s=%s cannot be", "%s=%s no puede ser"),
                        said->key, said->value);
    return true;
}

static bool check_attributes(struct complaint *p, const struct item *item)
{
    for (size_t i = 0; i < item->attribute_count; i++)
        if (!check_attribute(p, item, &item->attributes[i]))
            return false;
    for (int i = 0; i < RULE_COUNT; i++)
        if (rules[i].verb == item->verb && rules[i].required &&
            !item_value(item, rules[i].key))
            return complain(p, M("\"%s\" needs %s=", "a \"%s\" le falta %s="),
                            verb_name(item->verb), rules[i].key);
    return true;
}

static size_t count_options(const struct item *item)
{
    size_t count = 0;

    for (size_t i = 0; i < item->attribute_count; i++)
        count += is_option(item, item->attributes[i].key);
    return count;
}

static bool check_ask(struct complaint *p, const struct item *item)
{
    size_t options = count_options(item);
    bool number = has_type(item, "number");

    if (number != (item_value(item, "answer") != NULL) ||
        (!number && item_value(item, "within")))
        return complain(p, M("answer= and within= belong to type=number",
                             "answer= y within= son de type=number"));
    if (number && options > 0)
        return complain(p, M("type=number has no options",
                             "type=number no lleva opciones"));
    if (!number && (options < 2 || !item_option(item, options - 1)))
        return complain(p, M("options are a=, b=, ... without a gap, at least "
                             "two",
                             "las opciones son a=, b=, ... sin saltos, al "
                             "menos dos"));
    return true;
}

static bool check_claim(struct complaint *p, const struct item *item)
{
    if (item_value(item, "true") || item_value(item, "partly") ||
        item_value(item, "false"))
        return true;
    return complain(p, M("\"claim\" needs true=, partly= or false=",
                         "a \"claim\" le falta true=, partly= o false="));
}

static bool check_show(struct complaint *p, const struct item *item)
{
    bool to = item_value(item, "to"), lines = item_value(item, "lines");

    if (to && lines)
        return complain(p, M("lines= and to= together", "lines= y to= juntos"));
    if ((to || lines) && !item_value(item, "mark"))
        return complain(
            p, M("lines= and to= need mark=", "lines= y to= necesitan mark="));
    return true;
}

static bool check_item(struct complaint *p, const struct item *item)
{
    if (!check_attributes(p, item))
        return false;
    switch (item->verb) {
    case VERB_ASK:
        return check_ask(p, item);
    case VERB_CLAIM:
        return check_claim(p, item);
    case VERB_SHOW:
        return check_show(p, item);
    default:
        return true;
    }
}

bool directive_has_body(enum verb verb)
{
    return verbs[verb].has_body;
}

bool directive_in_introduction(enum verb verb)
{
    return verbs[verb].in_introduction;
}

// ---- A directive cut into verb, keys and values -----------------------------

static char *skip_blanks(char *at)
{
    return at + strspn(at, " \t");
}

// Takes a quoted value at **at, whose quote is the first character; undoes its
// escapes in place. NULL when it does not end or has an unknown escape.
static char *take_quoted(char **at)
{
    char *value = *at + 1, *from = value, *to = value;

    while (*from && *from != '"') {
        if (*from == '\\') {
            from++;
            if (!*from || !strchr("\"\\n", *from))
                return NULL;
            *to++ = *from == 'n' ? '\n' : *from;
            from++;
        } else {
            *to++ = *from++;
        }
    }
    if (!*from)
        return NULL;
    *to = '\0';
    *at = from + 1;
    return value;
}

static char *take_word(char **at, const char *ends)
{
    char *word = *at;

    *at += strcspn(word, ends);
    if (**at)
        *(*at)++ = '\0';
    return word;
}

static char *take_value(char **at)
{
    if (**at == '"') {
        char *value = take_quoted(at);

        return value && (!**at || strchr(" \t", **at)) ? value : NULL;
    }
    return take_word(at, " \t");
}

static bool take_attribute(struct complaint *p, struct item *item, char **at)
{
    char *key = *at, *value;
    size_t length = strcspn(key, "= \t\"");

    if (length == 0 || key[length] != '=')
        return complain(p,
                        M("expected key=value at \"%.30s\"",
                          "se espera clave=valor en \"%.30s\""),
                        key);
    key[length] = '\0';
    *at = key + length + 1;
    value = take_value(at);
    if (!value)
        return complain(p,
                        M("the quotes of %s= do not match, or \\ is not "
                          "followed by \", \\ or n",
                          "las comillas de %s= no cierran, o a \\ no le "
                          "sigue \", \\ o n"),
                        key);
    if (item_value(item, key))
        return complain(p, M("%s= twice", "%s= dos veces"), key);
    if (item->attribute_count == ATTRIBUTE_LIMIT)
        return complain(p, M("too many keys", "demasiadas claves"));
    item->attributes[item->attribute_count++] = (struct attribute){key, value};
    return true;
}

static bool take_verb(struct complaint *p, struct item *item, char **at)
{
    char *name = take_word(at, " \t");

    for (int i = VERB_TEXT + 1; i < VERB_COUNT; i++)
        if (strcmp(verbs[i].name, name) == 0) {
            item->verb = (enum verb)i;
            return true;
        }
    return complain(
        p, M("unknown directive \"%s\"", "directiva desconocida \"%s\""), name);
}

// content: what stands between "telar:" and "-->".
bool directive_take(char *content, int line, struct item *item, char *error,
                    size_t error_size)
{
    struct complaint complaint = {error, error_size}, *p = &complaint;
    char *at = skip_blanks(content);

    *item = (struct item){.line = line};
    if (!take_verb(p, item, &at))
        return false;
    for (at = skip_blanks(at); *at; at = skip_blanks(at))
        if (!take_attribute(p, item, &at))
            return false;
    return check_item(p, item);
}
