// export_batons.h - batons that were inferred (baton.h), for what is exported
//
// Interface: export_batons, export_turn, export_baton_words.
// Threads: one at a time. Ownership: batons are freed with batons_free.
#ifndef TELAR_EXPORT_BATONS_H
#define TELAR_EXPORT_BATONS_H

#include "tools/trace/baton.h"
#include "tools/trace/export.h"

// Those that are passed within the stretch. Returns 0, or ENOMEM with nothing
// to free.
int export_batons(struct batons *batons, const struct model *model,
                  const struct export_what *what);

// The part of a turn within the stretch. False: it lies outside.
bool export_turn(struct turn *turn, const struct export_what *what);

// "GIL (inferred), process 7: passed on 37 times; B had it 19 times, 98 ms in
// all; C ...". The model stands where names are known. Returns text.
char *export_baton_words(const struct model *model, const struct baton *baton,
                         const struct export_what *what, char *text,
                         size_t size);

#endif
