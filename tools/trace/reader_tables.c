// reader_tables.c - tasks and names, and that all references are to them
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/trace/reader_parts.h"

// ---- Tasks and names --------------------------------------------------------

// What grows in the header; the rest of it was checked and stays as it was.
bool reader_read_counters(struct reader *reader)
{
    size_t from = offsetof(struct trace_header, next_ticket);

    return reader_read_at(reader, (char *)&reader->header + from,
                          sizeof reader->header - from, from);
}

// The order matters while somebody writes: a chunk is written after the entry
// of its task, a slot after the text of its name.
bool reader_load_tables(struct reader *reader)
{
    const struct trace_header *h = &reader->header;
    size_t entries = h->task_count * sizeof *reader->tasks;
    size_t slots = h->name_count * sizeof *reader->slots;

    if (!reader->tasks) {
        reader->tasks = malloc(entries);
        reader->slots = malloc(slots);
        reader->text = malloc(h->text_bytes);
    }
    if (!reader->tasks || !reader->slots || !reader->text)
        return reader_no_memory(reader);
    return reader_read_at(reader, reader->tasks, entries,
                          reader->layout.tasks) &&
           reader_read_at(reader, reader->slots, slots, reader->layout.slots) &&
           reader_read_at(reader, reader->text, h->text_bytes,
                          reader->layout.text) &&
           reader_read_counters(reader);
}

static bool check_slot(struct reader *reader, uint32_t number)
{
    uint64_t slot = reader->slots[number];
    uint32_t offset = (uint32_t)slot, room = reader->header.text_bytes;

    if (slot == 0)
        return true;
    if (offset >= room || !memchr(reader->text + offset, 0, room - offset) ||
        trace_name_hash(reader->text + offset) != slot >> 32)
        return reader_wrong(reader,
                            M("name %u is damaged", "el nombre %u está dañado"),
                            number + 1);
    return true;
}

bool reader_is_name(const struct reader *reader, uint64_t number)
{
    return number <= reader->header.name_count &&
           (number == 0 || reader->slots[number - 1] != 0);
}

static bool check_entry(struct reader *reader, uint32_t number)
{
    const struct trace_entry *entry = &reader->tasks[number];

    if (entry->check == 0)
        return true;
    if (entry->check != trace_entry_check(entry) || number == 0 ||
        number >= reader->header.next_task ||
        entry->begin < reader->header.start ||
        entry->parent >= reader->header.task_count ||
        !reader_is_name(reader, entry->name))
        return reader_wrong(reader,
                            M("the entry of task %u is damaged",
                              "la entrada de la tarea %u está dañada"),
                            number);
    reader->task_limit = number + 1;
    return true;
}

bool reader_check_tables(struct reader *reader)
{
    for (uint32_t i = 0; i < reader->header.name_count; i++)
        if (!check_slot(reader, i))
            return false;
    reader->task_limit = 1;
    for (uint32_t i = 0; i < reader->header.task_count; i++)
        if (!check_entry(reader, i))
            return false;
    return true;
}

static bool has_known_names(const struct reader *reader,
                            const struct trace_record *r)
{
    const struct trace_kind *kind = trace_kind_of(TRACE_KIND(r->last));

    return reader_is_name(reader, TRACE_PLACE_OF(r->last)) &&
           (kind->object != TRACE_NAME || reader_is_name(reader, r->object)) &&
           (kind->value != TRACE_NAME || reader_is_name(reader, r->value));
}

static bool check_names(struct reader *reader, size_t at)
{
    const struct trace_record *r = reader_records(reader_image(reader, at));
    struct reader_chunk *about = &reader->chunks[at];

    for (uint32_t i = about->merged; i < about->count; i++) {
        if (!has_known_names(reader, &r[i]))
            return reader_wrong(
                reader,
                M("chunk %u, record %u: it has a name that is not "
                  "there",
                  "bloque %u, registro %u: tiene un nombre que no "
                  "está"),
                about->number, i);
        reader->unknown += !trace_kind_of(TRACE_KIND(r[i].last))->name;
    }
    return true;
}

bool reader_check_references(struct reader *reader)
{
    reader->unfinished = 0;
    for (size_t at = 0; at < reader->chunk_count; at++) {
        const struct trace_chunk *chunk = reader_image(reader, at);
        const struct reader_chunk *about = &reader->chunks[at];

        reader->unfinished += !reader_is_in_use(about);
        if (!reader_is_in_use(about))
            continue;
        if (!reader_entry(reader, chunk->task) ||
            TRACE_CHUNK_TICKET(about->state) >= reader->header.next_ticket)
            return reader_wrong(
                reader,
                M("chunk %u: it belongs to a task that is not there",
                  "bloque %u: es de una tarea que no está"),
                about->number);
        if (!check_names(reader, at))
            return false;
    }
    return true;
}
