// escape.h - a stranger's text inside other formats: valid UTF-8, and inert
//
// What is no UTF-8 (a stray byte, an overlong form, a surrogate) becomes U+FFFD
// byte by byte.
//
// Interface: escape_next, escape_csv, escape_json, escape_xml.
// Threads: no shared state. Ownership: text is only read; errors stay in out.
#ifndef TELAR_ESCAPE_H
#define TELAR_ESCAPE_H

#include <stdint.h>
#include <stdio.h>

enum { REPLACEMENT = 0xfffd };

// The character that begins at *text, which moves behind it; 0 at the end.
uint32_t escape_next(const char **text);

// One field, in quotes where RFC 4180 wants them.
void escape_csv(FILE *out, const char *text);

// What stands between the quotes of a JSON string (RFC 8259), without them.
void escape_json(FILE *out, const char *text);

// Character data or an attribute's value of XML 1.0; characters that XML cannot
// hold become U+FFFD. At most limit characters, what is longer ends in an
// ellipsis.
void escape_xml(FILE *out, const char *text, int limit);

#endif
