// message.h - what Telar says, in the language of the one who reads
//
// Interface: M, lang_set, lang_name, could_not.
// Threads: set the language before the first thread starts; then read only.
// Ownership: all strings are constant.
#ifndef TELAR_MESSAGE_H
#define TELAR_MESSAGE_H

#include <stdbool.h>

// Both texts stand where they are used; the compiler checks both formats:
//     printf(M("blocked by %s\n", "bloqueado por %s\n"), name);
#define M(english, spanish) (lang_is_spanish ? (spanish) : (english))

extern bool lang_is_spanish;

// Chooses the language: option (the value of --lang, or NULL), else the first
// of TELAR_LANG, LANGUAGE, LC_ALL, LC_MESSAGES and LANG that names es or en,
// else Spanish. Returns false, and chooses nothing, when option is neither.
bool lang_set(const char *option);

// "es" or "en".
const char *lang_name(void);

// Prints "telar: ..." and a newline on standard error and returns 2, the exit
// status of what could not be done:  return could_not(M(...), name);
int could_not(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
