// deck_charts.h - what the slides show is measured, drawn and loaded
//
// Measured is what build/charts/NN_topic lacks, what is older there than the
// program that measures it, and what another machine measured; pictures for
// slides, in both languages, stand in build/slides/charts/LANG/NN_topic.
//
// Interface: deck_charts_ready.
// Threads: one. Ownership: the deck owns what is loaded.
#ifndef TELAR_DECK_CHARTS_H
#define TELAR_DECK_CHARTS_H

#include "viz/deck.h"

// measure: everything, whatever there is. Blocks while programs measure, which
// standard error tells; stop_signal ends it. Returns false when something could
// not be had, said unless it was stopped.
bool deck_charts_ready(struct deck *deck, bool measure);

#endif
