// command.c - what a person types to have the same again
#include <stdio.h>
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
