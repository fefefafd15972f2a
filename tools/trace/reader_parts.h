// reader_parts.h - what the files reader*.c have from each other
//
// Interface: see each part. All that return bool return false with a sentence
// in reader->error.
// Threads and ownership: as in reader.h.
#ifndef TELAR_READER_PARTS_H
#define TELAR_READER_PARTS_H

#include "tools/trace/reader.h"

enum { UNIT = sizeof(struct trace_record) };

// ---- reader_file.c ----------------------------------------------------------

// Puts the path and what is wrong into error. Returns false.
bool reader_wrong(struct reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool reader_no_memory(struct reader *reader);

// Reads size bytes at offset: all of them or none.
bool reader_read_at(struct reader *reader, void *bytes, size_t size,
                    uint64_t offset);

// Opens the file, reads and checks its header.
bool reader_read_header(struct reader *reader);

// ---- reader_chunks.c --------------------------------------------------------

// The chunk at that position in memory, and its records.
struct trace_chunk *reader_image(const struct reader *reader, size_t at);
struct trace_record *reader_records(const struct trace_chunk *chunk);

// Whether it was written to when it was read.
bool reader_is_in_use(const struct reader_chunk *about);

// Checks the image of a chunk and counts its records. Reads it again where its
// writer was faster.
bool reader_settle(struct reader *reader, size_t at);

// Loads all chunks afresh; or those before the offset end that are not there.
bool reader_load_all(struct reader *reader);
bool reader_load_until(struct reader *reader, uint64_t end);

// ---- reader_tables.c --------------------------------------------------------

// What grows in the header; tasks and names; that they are sound; that what
// the chunks say is about them.
bool reader_read_counters(struct reader *reader);
bool reader_load_tables(struct reader *reader);
bool reader_check_tables(struct reader *reader);
bool reader_check_references(struct reader *reader);
bool reader_is_name(const struct reader *reader, uint64_t number);

// ---- reader_order.c ---------------------------------------------------------

// Puts what is not in order yet where it belongs. *changed is the number of the
// first event that is not what it was.
bool reader_put_in_order(struct reader *reader, size_t *changed);

#endif
