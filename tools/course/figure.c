// figure.c - a figure that the title of a chart names
#include <string.h>

#include "tools/course/figure.h"

static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

// Takes the word at *at, made of signs, into word.
static bool take_word(const char **at, const char *signs,
                      char word[FIGURE_NAME_SIZE])
{
    size_t length = strspn(*at, signs);

    if (length == 0 || length >= FIGURE_NAME_SIZE)
        return false;
    memcpy(word, *at, length);
    word[length] = '\0';
    *at += length;
    return true;
}

static bool take_colon(const char **at)
{
    return *(*at)++ == ':';
}

static bool is_statistic(const char *name)
{
    static const char *const names[] = {"median", "low", "high", "count", "x"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

// A number such as 4096, 0.5 or -1e-3, or a word; a wrong one is found nowhere.
static const char places[] = "abcdefghijklmnopqrstuvwxyz0123456789.+-";

static bool take_term(const char **at, struct figure_term *term)
{
    *term = (struct figure_term){.measure = ""};
    if (!take_word(at, letters, term->name))
        return false;
    if (**at != ':')
        return true;
    return is_statistic(term->name) && take_colon(at) &&
           take_word(at, letters, term->measure) && take_colon(at) &&
           take_word(at, letters, term->series) && take_colon(at) &&
           take_word(at, places, term->x);
}

bool figure_take(const char **at, struct figure *figure)
{
    const char *from = *at + 1;

    *figure = (struct figure){.quotient = false};
    if (**at != '{' || !take_term(&from, &figure->above))
        return false;
    if (*from == '/') {
        from++;
        figure->quotient = true;
        if (!take_term(&from, &figure->below))
            return false;
    }
    if (*from != '}')
        return false;
    *at = from + 1;
    return true;
}
