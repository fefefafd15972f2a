// sizeof.c - what a line of C asks the size of
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/must.h"
#include "tools/course/keep.h"
#include "tools/explorer/sizeof.h"

static const char *skip(const char *at)
{
    while (*at == ' ' || *at == '\t')
        at++;
    return at;
}

static bool is_letter(char byte)
{
    return isalnum((unsigned char)byte) || byte == '_';
}

// A name at `at` into name; where it ends, or NULL.
static const char *take_name(const char *at, char *name, size_t size)
{
    size_t length = 0;

    while (is_letter(at[length]))
        length++;
    if (length == 0 || length >= size)
        return NULL;
    memcpy(name, at, length);
    name[length] = '\0';
    return at + length;
}

// Behind the word sizeof.
static bool take_operand(const char *at, struct sizeof_words *words)
{
    at = skip(at);
    if (*at == '(')
        at = skip(at + 1);
    *words = (struct sizeof_words){.is_pointee = *at == '*'};
    if (words->is_pointee)
        at = skip(at + 1);
    at = take_name(at, words->name, sizeof words->name);
    if (!at)
        return false;
    if (strcmp(words->name, "struct") == 0) {
        words->is_struct = true;
        at = take_name(skip(at), words->name, sizeof words->name);
    }
    // sizeof *a->b, sizeof a[0]: more than we look up.
    return at && *skip(at) != '-' && *skip(at) != '.' && *skip(at) != '[' &&
           *skip(at) != '*';
}

bool sizeof_in_text(const char *text, struct sizeof_words *words)
{
    size_t length = strcspn(text, "\n");
    const char *at = text;

    while ((at = strstr(at, "sizeof")) && at < text + length) {
        bool is_word = (at == text || !is_letter(at[-1])) && !is_letter(at[6]);

        at += 6;
        if (is_word)
            return take_operand(at, words);
    }
    return false;
}

bool sizeof_in_line(const char *path, int line, struct sizeof_words *words)
{
    static char *last_path, *text;
    const char *at;

    if (!last_path || strcmp(last_path, path) != 0) {
        free(last_path);
        free(text);
        last_path = MUST(strdup(path));
        text = keep_read(path, 16 << 20, NULL);
    }
    at = text;
    for (int n = 1; at && n < line; n++)
        at = (at = strchr(at, '\n')) ? at + 1 : NULL;
    return at && sizeof_in_text(at, words);
}
