// predict.h - a prediction is taken, kept, and compared with what happened
//
// Interface: predict_ask, predict_settle, predict_reopen, predict_check_all.
// Threads: one. Ownership: the session's.
#ifndef TELAR_PREDICT_H
#define TELAR_PREDICT_H

#include "tools/player/session.h"

// Shows the question and takes the prediction: from the answers file, else
// from the person, else none. It is on the disk when this returns. Blocks while
// the person thinks; a command of theirs is left in screen.wish.
void predict_ask(struct session *session, const struct item *ask);

// After a run: answers the open questions whose facts now exist, and compares.
void predict_settle(struct session *session);

// Before the last run is done again: its questions are open again.
void predict_reopen(struct session *session);

// At the end of a step: a question still open is a fault of the lesson.
void predict_check_all(struct session *session);

#endif
