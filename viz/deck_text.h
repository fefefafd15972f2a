// deck_text.h - what an author wrote becomes HTML
//
// Interface: deck_text_escape, deck_text_block, deck_text_line, deck_text_code,
// deck_text_chart.
// Threads: one. Ownership: nothing is handed over.
#ifndef TELAR_DECK_TEXT_H
#define TELAR_DECK_TEXT_H

#include <stdio.h>

#include "viz/deck.h"

// One language of a topic, and where its HTML goes.
struct deck_page {
    FILE *out;
    const struct deck_topic *topic;
    enum deck_language language;
};

// A stranger's text: & < > " ' as character references, all UTF-8.
void deck_text_escape(FILE *out, const char *text, size_t size);

// Markdown with its figures in place: paragraphs, lists, tables. HTML in it is
// left out by lowdown; links and pictures are refused. The same of one line,
// which becomes no paragraph. Return false with what is wrong said.
bool deck_text_block(const struct deck_page *page, const char *text, int line);
bool deck_text_line(const struct deck_page *page, const char *text, int line);

// The code and the chart that the item names.
bool deck_text_code(const struct deck_page *page, const struct item *item);
bool deck_text_chart(const struct deck_page *page, const struct item *item);

#endif
