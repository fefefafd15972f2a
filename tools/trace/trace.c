// trace.c - the table of kinds, where everything lies, checks
#include <string.h>

#include "tools/trace/trace.h"

#define ROW(number, kind, object, value, effect)                               \
    [number] = {#kind, TRACE_##object, TRACE_##value, TRACE_##effect},
const struct trace_kind trace_kind_table[TRACE_KIND_LIMIT] = {TRACE_KINDS(ROW)};
#undef ROW

// ---- Where everything lies --------------------------------------------------

static bool is_power_of_two(uint32_t n)
{
    return n != 0 && (n & (n - 1)) == 0;
}

static uint64_t up_to_page(uint64_t offset)
{
    return (offset + 4095) & ~UINT64_C(4095);
}

static bool sizes_are_possible(const struct trace_header *h)
{
    return is_power_of_two(h->chunk_bytes) && h->chunk_bytes >= 1024 &&
           h->chunk_bytes <= 1 << 20 && h->chunk_count >= 1 &&
           h->chunk_count <= 1 << 28 && h->task_count >= 2 &&
           h->task_count <= 1 << 16 && is_power_of_two(h->name_count) &&
           h->name_count <= 1 << 16 && h->text_bytes >= 8 &&
           h->text_bytes <= 1 << 24 &&
           (uint64_t)h->chunk_bytes * h->chunk_count <= UINT64_C(1) << 40 &&
           (h->policy == TRACE_STOP || h->policy == TRACE_OVERWRITE) &&
           (h->clock == TRACE_NANOSECONDS || h->clock == TRACE_STEPS);
}

bool trace_layout_of(const struct trace_header *header,
                     struct trace_layout *layout)
{
    if (!sizes_are_possible(header))
        return false;
    layout->tasks = up_to_page(sizeof *header);
    layout->slots =
        layout->tasks + header->task_count * sizeof(struct trace_entry);
    layout->text =
        layout->slots + (uint64_t)header->name_count * sizeof(trace_slot);
    layout->chunks = up_to_page(layout->text + header->text_bytes);
    layout->end =
        layout->chunks + (uint64_t)header->chunk_bytes * header->chunk_count;
    layout->records =
        (uint32_t)((header->chunk_bytes - sizeof(struct trace_chunk)) /
                   sizeof(struct trace_record));
    return true;
}

// ---- Checks -----------------------------------------------------------------

// Each step is one to one in the word as well as in what was before, so that
// one word that differs is still seen at the end.
uint64_t trace_check(const void *bytes, size_t size, uint64_t seed)
{
    uint64_t sum = seed ^ UINT64_C(0x9e3779b97f4a7c15);

    for (size_t at = 0; at + 8 <= size; at += 8) {
        uint64_t word;

        memcpy(&word, (const char *)bytes + at, 8);
        sum = (sum ^ word) * UINT64_C(0xff51afd7ed558ccd);
        sum ^= sum >> 32;
    }
    return sum ? sum : 1;
}

uint64_t trace_header_check(const struct trace_header *header)
{
    return trace_check(header, offsetof(struct trace_header, check), 0);
}

uint64_t trace_entry_check(const struct trace_entry *entry)
{
    return trace_check(entry, offsetof(struct trace_entry, check), 0);
}

uint64_t trace_chunk_check(const struct trace_chunk *chunk, uint64_t state)
{
    const uint64_t who[] = {
        state >> 4,         (uint64_t)chunk->task << 32 | chunk->stream,
        chunk->sequence,    chunk->events_before,
        chunk->lost_before,
    };

    return trace_check(&chunk->checkpoint, sizeof chunk->checkpoint,
                       trace_check(who, sizeof who, 0));
}

// FNV-1a, by Fowler, Noll and Vo: http://www.isthe.com/chongo/tech/comp/fnv/
uint32_t trace_name_hash(const char *name)
{
    uint32_t hash = 2166136261u;

    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash ? hash : 1;
}
