// deck_page.h - a deck in one language: one HTML file that needs no other
//
// slides/template.html with, in place of {{...}}: lang, title, contents (the
// topics), slides; {{English|Spanish}} is the one or the other.
//
// Interface: deck_page.
// Threads: one. Ownership: the caller frees the page.
#ifndef TELAR_DECK_PAGE_H
#define TELAR_DECK_PAGE_H

#include "viz/deck.h"

// The charts of the deck are loaded. *slides gets their number, the cover one
// of them. The same deck gives the same bytes. NULL, with what is wrong said,
// FILE:LINE first, or nothing said when stop_signal came.
char *deck_page(const struct deck *deck, enum deck_language language,
                int *slides);

#endif
