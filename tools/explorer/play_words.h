// play_words.h - what a thread is about to do, in words
//
// Interface: coming_words.
// Threads: no shared state. Ownership: constants.
#ifndef TELAR_PLAY_WORDS_H
#define TELAR_PLAY_WORDS_H

#include "tools/explorer/kinds.h"

// With one %s for what it is about: "is about to read %s". Each takes it, also
// where nothing is said of it.
const char *coming_words(enum op_kind op);

#endif
