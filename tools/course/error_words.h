// error_words.h - what the system says went wrong, in the person's language
//
// strerror speaks Spanish only where a Spanish locale is generated, which it is
// on few machines.
//
// Interface: error_words.
// Threads: as strerror. Ownership: the text is nobody's to free.
#ifndef TELAR_ERROR_WORDS_H
#define TELAR_ERROR_WORDS_H

// "No such file or directory", "no existe el archivo o la carpeta"; the words
// of strerror for what is not among the usual errors.
const char *error_words(int number);

#endif
