// ask.c - a question about what a program will do, and what it did
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/player/ask.h"
#include "tools/player/condition.h"

static bool is_type(const struct item *ask, const char *type)
{
    return strcmp(item_value(ask, "type"), type) == 0;
}

static size_t option_count(const struct item *ask)
{
    size_t count = 0;

    while (item_option(ask, count))
        count++;
    return count;
}

// ---- What the person typed --------------------------------------------------

static bool take_letter(const struct item *ask, const char *typed, char *given)
{
    char letter = (char)tolower((unsigned char)*typed);
    const char *rest = typed + 1;

    if (!letter || letter < 'a' || letter >= 'a' + (int)option_count(ask))
        return false;
    rest += *rest == ')' || *rest == '.';
    given[0] = letter;
    given[1] = '\0';
    return !*rest;
}

static bool is_digit(char c)
{
    return isdigit((unsigned char)c);
}

// The sign between groups of three digits, not that of a fraction.
static bool parts_thousands(const char *at)
{
    return *at && strchr(" ,.", *at) && is_digit(at[1]) && is_digit(at[2]) &&
           is_digit(at[3]) && !is_digit(at[4]);
}

// The digits at text without such signs; returns what stands behind them.
static const char *take_digits(const char *text, char *digits, size_t size)
{
    size_t count = 0;

    if (*text == '-')
        digits[count++] = *text++;
    for (; is_digit(*text) || (count > 0 && parts_thousands(text)); text++)
        if (is_digit(*text) && count < size - 1)
            digits[count++] = *text;
    digits[count] = '\0';
    return text + strspn(text, " ");
}

static bool take_unit(const char *text, long long *unit)
{
    *unit = 1;
    if (strcasecmp(text, "KiB") == 0)
        *unit = 1024;
    else if (strcasecmp(text, "MiB") == 0)
        *unit = 1024 * 1024;
    return *unit > 1 || !*text;
}

// "65536", "65 536", "65,536", "65.536", "64 KiB", "-1".
static bool take_number(const char *typed, char *given)
{
    char digits[24] = "";
    long long value, unit;

    typed = take_digits(typed, digits, sizeof digits);
    if (!is_digit(digits[0]) && !is_digit(digits[1]))
        return false;
    errno = 0;
    value = strtoll(digits, NULL, 10);
    if (!take_unit(typed, &unit) || errno ||
        __builtin_mul_overflow(value, unit, &value))
        return false;
    snprintf(given, ANSWER_SIZE, "%lld", value);
    return true;
}

// Every option once: "b a c", "bac", "b, a, c".
static bool take_order(const struct item *ask, const char *typed, char *given)
{
    size_t count = option_count(ask), used = 0;

    for (; *typed; typed++) {
        char letter = (char)tolower((unsigned char)*typed);

        if (strchr(" ,;>-)", *typed))
            continue;
        if (letter < 'a' || letter >= 'a' + (int)count ||
            memchr(given, letter, used))
            return false;
        given[used++] = letter;
        given[used++] = ' ';
    }
    if (used != 2 * count)
        return false;
    given[used - 1] = '\0';
    return true;
}

bool ask_take(const struct item *ask, const char *typed,
              char given[ANSWER_SIZE])
{
    if (is_type(ask, "choice"))
        return take_letter(ask, typed, given);
    if (is_type(ask, "number"))
        return take_number(typed, given);
    return take_order(ask, typed, given);
}

// "a, b, c", or backwards "c b a".
static void spell_letters(const struct item *ask, bool backwards,
                          const char *between, char *text)
{
    size_t count = option_count(ask);

    *text = '\0';
    for (size_t i = 0; i < count; i++)
        sprintf(text + strlen(text), "%s%c", i ? between : "",
                (int)('a' + (backwards ? count - 1 - i : i)));
}

void ask_allowed(const struct item *ask, char *text, size_t size)
{
    char letters[4 * OPTION_LIMIT];

    if (is_type(ask, "number")) {
        snprintf(text, size, "%s", M("a whole number", "un número entero"));
        return;
    }
    spell_letters(ask, is_type(ask, "order"),
                  is_type(ask, "order") ? " " : ", ", letters);
    if (is_type(ask, "choice"))
        snprintf(text, size, M("one letter: %s", "una letra: %s"), letters);
    else
        snprintf(text, size, M("an order like %s", "un orden como %s"),
                 letters);
}

// ---- What was right ---------------------------------------------------------

struct wanted {
    const struct facts *facts;
    int since;
    bool fresh;    // a later run said at least one
    char *missing; // the first that nobody said
    size_t size;
};

static bool want(const char *name, void *context)
{
    struct wanted *wanted = context;
    const struct fact_value *fact = facts_find(wanted->facts, name);

    if (fact && fact->run > wanted->since)
        wanted->fresh = true;
    if (!fact)
        snprintf(wanted->missing, wanted->size, "%s", name);
    return fact != NULL;
}

static bool all_said(const struct item *ask, struct wanted *wanted)
{
    const char *option;

    if (is_type(ask, "number"))
        return want(item_value(ask, "answer"), wanted);
    for (size_t i = 0; (option = item_option(ask, i)); i++)
        if (!condition_names(option, want, wanted))
            return false;
    return true;
}

static enum right right_choice(const struct item *ask,
                               const struct facts *facts, char *right,
                               size_t size)
{
    const char *option;

    for (size_t i = 0; (option = item_option(ask, i)); i++)
        if (condition_holds(option, facts) == IS_TRUE) {
            snprintf(right, size, "%c", (int)('a' + i));
            return RIGHT_KNOWN;
        }
    return RIGHT_NONE;
}

static const struct output_line *find_line(const struct output *output,
                                           const char *text, size_t *place)
{
    for (*place = 0; *place < output->count; ++*place) {
        const struct output_line *line = &output->lines[*place];
        size_t size = line->size_bytes;

        size -= size > 0 && line->text[size - 1] == '\r'; // of a terminal
        if (size == strlen(text) && memcmp(line->text, text, size) == 0)
            return line;
    }
    return NULL;
}

struct placed {
    size_t place;
    char letter;
};

static int by_place(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;

    return a->place == b->place ? a->letter - b->letter
                                : (a->place > b->place ? 1 : -1);
}

static void spell_order(const struct placed *placed, size_t count, char *right)
{
    for (size_t i = 0; i < count; i++) {
        right[2 * i] = placed[i].letter;
        right[2 * i + 1] = i + 1 < count ? ' ' : '\0';
    }
}

// Does every line from first to last stand rightly after the one before it?
static bool is_order_known(const struct output *output, size_t first,
                           size_t last)
{
    for (size_t i = first + 1; i <= last; i++)
        if (!output->lines[i].order_known)
            return false;
    return output->order_recorded;
}

// The options by their places in the output. Lines of one stream have an order
// even where that between the streams was not recorded.
static enum right right_order(const struct item *ask,
                              const struct output *output, char *right,
                              size_t size)
{
    struct placed placed[OPTION_LIMIT];
    size_t count = option_count(ask);
    bool streams[3] = {false};

    for (size_t i = 0; i < count; i++) {
        const struct output_line *line =
            find_line(output, item_option(ask, i), &placed[i].place);

        placed[i].letter = (char)('a' + i);
        if (!line) {
            snprintf(right, size, "%s", item_option(ask, i));
            return RIGHT_NOT_YET;
        }
        streams[line->stream] = true;
    }
    qsort(placed, count, sizeof *placed, by_place);
    if (streams[1] && streams[2] &&
        !is_order_known(output, placed[0].place, placed[count - 1].place))
        return RIGHT_NO_ORDER;
    spell_order(placed, count, right);
    return RIGHT_KNOWN;
}

enum right ask_right(const struct item *ask, const struct facts *facts,
                     const struct output *output, int since, char *right,
                     size_t size)
{
    struct wanted wanted = {facts, since, false, right, size};

    *right = '\0';
    if (is_type(ask, "order"))
        return right_order(ask, output, right, size);
    if (!all_said(ask, &wanted) || !wanted.fresh)
        return RIGHT_NOT_YET;
    if (is_type(ask, "choice"))
        return right_choice(ask, facts, right, size);
    snprintf(right, size, "%lld",
             facts_find(facts, item_value(ask, "answer"))->value);
    return RIGHT_KNOWN;
}

bool ask_matches(const struct item *ask, const char *given, const char *right)
{
    double wrong_by, may_be;

    if (!is_type(ask, "number"))
        return strcmp(given, right) == 0;
    wrong_by = strtod(given, NULL) - strtod(right, NULL);
    may_be = strtod(right, NULL) * (double)item_number(ask, "within", 0) / 100;
    return __builtin_fabs(wrong_by) <= __builtin_fabs(may_be);
}

// ---- The options in the question --------------------------------------------

// Where "- a) words" begins its words; NULL when the line is none.
static const char *words_of(const char *line, char letter)
{
    line += strspn(line, " ");
    if (*line == '\0' || !strchr("-*+", *line))
        return NULL;
    line += 1 + strspn(line + 1, " ");
    if (line[0] != letter || line[1] != ')')
        return NULL;
    return line + 2 + strspn(line + 2, " ");
}

static const char *find_option(const struct item *ask, char letter)
{
    for (const char *line = ask->body; *line;) {
        const char *words = words_of(line, letter);

        if (words)
            return words;
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return NULL;
}

// The length of a list item: its line and the indented lines that go on.
static size_t length_of_item(const char *words)
{
    size_t length = strcspn(words, "\n");

    while (words[length] == '\n' && words[length + 1] == ' ' &&
           words[length + 1 + strspn(words + length + 1, " ")] != '\n')
        length += 1 + strcspn(words + length + 1, "\n");
    return length;
}

// Copies the words of an item as one line, without the signs of emphasis.
static void copy_item(const char *words, char *text, size_t size)
{
    size_t length = length_of_item(words), used = 0;

    for (size_t i = 0; i < length && used + 1 < size; i++) {
        bool space = isspace((unsigned char)words[i]);

        if (space && (used == 0 || text[used - 1] == ' '))
            continue;
        if (words[i] != '*')
            text[used++] = space ? ' ' : words[i];
    }
    while (used > 0 && text[used - 1] == ' ')
        used--;
    text[used] = '\0';
}

void ask_option(const struct item *ask, char letter, char *text, size_t size)
{
    const char *words = find_option(ask, letter);
    const char *option = item_option(ask, (size_t)(letter - 'a'));

    *text = '\0';
    if (words)
        copy_item(words, text, size);
    else if (option && is_type(ask, "order"))
        snprintf(text, size, "%s", option);
}

bool ask_lists_options(const struct item *ask)
{
    for (size_t i = 0; i < option_count(ask); i++)
        if (!find_option(ask, (char)('a' + i)))
            return false;
    return !find_option(ask, (char)('a' + option_count(ask)));
}
