// render.h - Markdown becomes lines for the terminal
//
// lowdown lays the text out, as a program of its own; its fixed colours, which
// a white ground swallows, become those of the theme. Without a terminal code
// keeps its `backquotes` and no escape sequence is written.
// Interface: render_ready, render_markdown.
// Threads: no shared state. Ownership: the caller frees what is returned.
#ifndef TELAR_RENDER_H
#define TELAR_RENDER_H

#include <stdbool.h>

// Is lowdown there?
bool render_ready(void);

// The lines of markdown within so many columns. Blocks while lowdown works.
// Where it fails, the Markdown as it is.
char *render_markdown(const char *markdown, int columns, bool large);

#endif
