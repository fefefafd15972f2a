// command.c - what a person types to have the same again
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/must.h"
#include "tools/explorer/command.h"

// word as a shell takes it for one.
static void put_word(FILE *out, const char *word)
{
    static const char *const plain = "abcdefghijklmnopqrstuvwxyz"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789_-+=./,:%@";

    if (*word && strspn(word, plain) == strlen(word)) {
        fputs(word, out);
        return;
    }
    fputc('\'', out);
    for (; *word; word++)
        fputs(*word == '\'' ? "'\\''" : (char[]){*word, '\0'}, out);
    fputc('\'', out);
}

static void put_option(FILE *out, const char *name, const char *value)
{
    if (!value)
        return;
    fprintf(out, " --%s ", name);
    put_word(out, value);
}

char *command_files(const struct wordlist *files,
                    const struct build_request *build)
{
    char *text;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));

    for (size_t i = 0; i < files->count; i++) {
        fputs(i ? " " : "", out);
        put_word(out, files->words[i]);
    }
    put_option(out, "cc", build->cc);
    put_option(out, "cflags", build->cflags);
    fclose(out);
    return text;
}

char *command_arguments(const struct wordlist *arguments)
{
    char *text;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));

    for (size_t i = 1; i < arguments->count; i++) {
        fputs(i == 1 ? " -- " : " ", out);
        put_word(out, arguments->words[i]);
    }
    fclose(out);
    return text;
}

// ---- And back ---------------------------------------------------------------

// Reads one word into word, which has room for all of text. NULL: it has no
// end.
static const char *cut_word(const char *text, char *word)
{
    bool is_quoted = false;

    for (; *text && (is_quoted || *text != ' '); text++) {
        if (*text == '\'')
            is_quoted = !is_quoted;
        else if (!is_quoted && *text == '\\' && text[1])
            *word++ = *++text;
        else
            *word++ = *text;
    }
    *word = '\0';
    return is_quoted ? NULL : text;
}

bool command_cut(const char *command, struct wordlist *words)
{
    char *word = MUST(malloc(strlen(command) + 1));

    while (command && *(command += strspn(command, " "))) {
        command = cut_word(command, word);
        if (command)
            wordlist_add(words, word);
    }
    free(word);
    return command;
}
