// getopt.c - options of the program under exploration
//
// The variables are the program's: they lie where its own do, and are restored
// as these are. Options end at the first word that is none.
#include <getopt.h>
#include <string.h>

#include "tools/explorer/engine/globals.h"
#include "tools/explorer/engine/touch.h"

#define OF_THE_PROGRAM __attribute__((section("telar_data")))

char *weave_optarg OF_THE_PROGRAM = NULL;
int weave_optind OF_THE_PROGRAM = 1;
int weave_opterr OF_THE_PROGRAM = 1;
int weave_optopt OF_THE_PROGRAM = '?';
static int within OF_THE_PROGRAM = 0; // of a word with several: the next one

static void touch_variables(void)
{
    globals_touch((uintptr_t)&weave_optarg, sizeof weave_optarg);
    globals_touch((uintptr_t)&weave_optind, sizeof weave_optind);
    globals_touch((uintptr_t)&weave_optopt, sizeof weave_optopt);
    globals_touch((uintptr_t)&within, sizeof within);
}

static int wrong(int option, bool lacks_argument, const char *letters)
{
    weave_optopt = option;
    return lacks_argument && *letters == ':' ? ':' : '?';
}

// What is behind the option in its word, or the next word.
static bool take_argument(int count, char *const *words, const char *rest)
{
    weave_optind++;
    within = 0;
    if (*rest) {
        weave_optarg = (char *)rest;
        return true;
    }
    if (weave_optind >= count)
        return false;
    weave_optarg = words[weave_optind++];
    return true;
}

static int take_letter(int count, char *const *words, const char *letters)
{
    const char *word = words[weave_optind] + (within ? within : 1);
    const char *letter = *word == ':' ? NULL : strchr(letters, *word);

    within = word[1] ? (int)(word + 1 - words[weave_optind]) : 0;
    if (letter && letter[1] == ':' && (word[1] || letter[2] != ':'))
        return take_argument(count, words, word + 1)
                   ? *word
                   : wrong(*word, true, letters);
    if (!within)
        weave_optind++;
    return letter ? *word : wrong(*word, false, letters);
}

static bool is_option(const char *word)
{
    return word && word[0] == '-' && word[1] != '\0';
}

int weave_getopt(int count, char *const *words, const char *letters)
{
    touch_string(letters, CALLER);
    touch_variables();
    weave_optarg = NULL;
    if (!within && (weave_optind >= count || !is_option(words[weave_optind])))
        return -1;
    if (!within && strcmp(words[weave_optind], "--") == 0) {
        weave_optind++;
        return -1;
    }
    return take_letter(count, words, letters);
}

// ---- Long ones --------------------------------------------------------------

static const struct option *named(const struct option *options,
                                  const char *name, size_t size)
{
    for (; options && options->name; options++)
        if (strncmp(options->name, name, size) == 0 &&
            options->name[size] == '\0')
            return options;
    return NULL;
}

static int take_long(int count, char *const *words, const char *letters,
                     const struct option *options, int *index)
{
    const char *name = words[weave_optind] + 2;
    size_t size = strcspn(name, "=");
    const struct option *option = named(options, name, size);

    if (!option || (option->has_arg == no_argument && name[size])) {
        weave_optind++;
        return wrong(0, false, letters);
    }
    if (option->has_arg == no_argument ||
        (option->has_arg == optional_argument && !name[size]))
        weave_optind++;
    else if (!take_argument(count, words,
                            name[size] ? name + size + 1 : name + size))
        return wrong(option->val, true, letters);
    if (index)
        *index = (int)(option - options);
    if (!option->flag)
        return option->val;
    *option->flag = option->val;
    return 0;
}

int weave_getopt_long(int count, char *const *words, const char *letters,
                      const struct option *options, int *index)
{
    const char *word = weave_optind < count ? words[weave_optind] : NULL;

    touch_string(letters, CALLER);
    touch_variables();
    if (within || !word || strncmp(word, "--", 2) != 0 || !word[2])
        return weave_getopt(count, words, letters);
    weave_optarg = NULL;
    return take_long(count, words, letters, options, index);
}
