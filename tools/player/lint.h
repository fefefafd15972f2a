// lint.h - looks for mistakes in all the lessons
//
// Interface: lint_lessons.
// Threads: one. Ownership: nothing is handed over.
#ifndef TELAR_LINT_H
#define TELAR_LINT_H

// Reads every lesson in both languages and prints each mistake on standard
// output as FILE:LINE: what is wrong. Are the steps and directives the same in
// both? Is each file, mark and program there? Has each claim a name of its own,
// and experiments before it?
// Returns the exit status: 1 with mistakes, 2 when there is no lesson.
int lint_lessons(void);

#endif
