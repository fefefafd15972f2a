// object_value.c - what a register holds, as far as one block of code tells
#include <stdlib.h>
#include <string.h>

#include "runtime/must.h"
#include "tools/grader/object_value.h"

enum { SYMBOL = -1 }; // the operation of an unknown that is a symbol

// How an unknown came about; NEW ones are not kept here.
struct origin {
    int operation;
    int unknown; // its number
    struct value left, right;
    struct place place;
    int next; // in its bucket, or -1
};

enum { BUCKETS = 1024 };

static struct {
    struct origin *all;
    int count, room;
    int buckets[BUCKETS]; // index + 1
    int unknowns;
} known;

void values_clear(void)
{
    memset(known.buckets, 0, sizeof known.buckets);
    known.count = 0;
    known.unknowns = 0;
}

struct value value_number(uint64_t number)
{
    struct value value;

    memset(&value, 0, sizeof value); // compared byte by byte
    value.number = number;
    return value;
}

static struct value of_unknown(int unknown)
{
    struct value value = value_number(0);

    value.terms = 1;
    value.unknown[0] = unknown;
    value.factor[0] = 1;
    return value;
}

struct value value_unknown(void)
{
    return of_unknown(known.unknowns++);
}

// ---- Unknowns with an origin ------------------------------------------------

static unsigned hash_of(const void *bytes, size_t size, unsigned hash)
{
    for (const unsigned char *at = bytes; size > 0; size--)
        hash = (hash ^ *at++) * 16777619u;
    return hash;
}

static unsigned bucket_of(const struct origin *origin)
{
    unsigned hash = hash_of(&origin->operation, sizeof origin->operation, 1);

    hash = hash_of(&origin->left, sizeof origin->left, hash);
    hash = hash_of(&origin->right, sizeof origin->right, hash);
    return hash_of(&origin->place, sizeof origin->place, hash) % BUCKETS;
}

static bool same(const struct origin *a, const struct origin *b)
{
    return a->operation == b->operation &&
           memcmp(&a->left, &b->left, sizeof a->left) == 0 &&
           memcmp(&a->right, &b->right, sizeof a->right) == 0 &&
           memcmp(&a->place, &b->place, sizeof a->place) == 0;
}

static struct value add_origin(const struct origin *wanted, unsigned bucket)
{
    struct origin *origin;

    if (known.count == known.room) {
        known.room = known.room ? 2 * known.room : 256;
        known.all =
            MUST(realloc(known.all, (size_t)known.room * sizeof *known.all));
    }
    origin = &known.all[known.count++];
    *origin = *wanted;
    origin->unknown = known.unknowns++;
    origin->next = known.buckets[bucket] - 1;
    known.buckets[bucket] = known.count;
    return of_unknown(origin->unknown);
}

static struct value with_origin(const struct origin *wanted)
{
    unsigned bucket = bucket_of(wanted);

    for (int i = known.buckets[bucket] - 1; i >= 0; i = known.all[i].next)
        if (same(&known.all[i], wanted))
            return of_unknown(known.all[i].unknown);
    return add_origin(wanted, bucket);
}

struct value value_of(int operation, struct value left, struct value right)
{
    struct origin origin;

    memset(&origin, 0, sizeof origin);
    origin.operation = operation;
    origin.left = left;
    origin.right = right;
    return with_origin(&origin);
}

struct value value_symbol(struct place place)
{
    struct origin origin;
    struct value value;

    memset(&origin, 0, sizeof origin);
    origin.operation = SYMBOL;
    origin.place.section = place.section;
    origin.place.symbol = place.symbol;
    value = with_origin(&origin);
    value.number = (uint64_t)place.offset;
    return value;
}

// NULL: it did not come from an operation, or is more than its outcome.
static const struct origin *origin_of(const struct value *value)
{
    if (value->terms != 1 || value->factor[0] != 1)
        return NULL;
    for (int i = 0; i < known.count; i++)
        if (known.all[i].unknown == value->unknown[0])
            return &known.all[i];
    return NULL;
}

bool value_is_of(const struct value *value, int operation, struct value *left)
{
    const struct origin *origin = value->number ? NULL : origin_of(value);

    if (!origin || origin->operation != operation)
        return false;
    *left = origin->left;
    return true;
}

bool value_is_symbol(const struct value *value, struct place *place)
{
    const struct origin *origin = origin_of(value);

    if (!origin || origin->operation != SYMBOL)
        return false;
    *place = origin->place;
    place->offset = (int64_t)value->number;
    return true;
}

// ---- Sums -------------------------------------------------------------------

bool value_is_number(const struct value *value)
{
    return value->terms == 0;
}

static bool put_term(struct value *value, int unknown, uint64_t factor)
{
    if (factor == 0)
        return true;
    if (value->terms == VALUE_TERMS)
        return false;
    value->unknown[value->terms] = unknown;
    value->factor[value->terms++] = factor;
    return true;
}

// The terms of both, in order. Returns false when they are too many.
static bool merge(struct value *sum, const struct value *a,
                  const struct value *b)
{
    int i = 0, j = 0;
    bool fits = true;

    while (fits && (i < a->terms || j < b->terms)) {
        if (j == b->terms || (i < a->terms && a->unknown[i] < b->unknown[j])) {
            fits = put_term(sum, a->unknown[i], a->factor[i]);
            i++;
        } else if (i == a->terms || b->unknown[j] < a->unknown[i]) {
            fits = put_term(sum, b->unknown[j], b->factor[j]);
            j++;
        } else {
            fits = put_term(sum, a->unknown[i], a->factor[i] + b->factor[j]);
            i++, j++;
        }
    }
    return fits;
}

struct value value_add(struct value left, struct value right)
{
    struct value sum = value_number(left.number + right.number);

    return merge(&sum, &left, &right) ? sum : value_of('+', left, right);
}

struct value value_scale(struct value value, uint64_t factor)
{
    struct value scaled = value_number(value.number * factor);

    for (int i = 0; i < value.terms; i++)
        put_term(&scaled, value.unknown[i], value.factor[i] * factor);
    return scaled;
}

bool value_offset(const struct value *value, const struct value *base,
                  int64_t *offset)
{
    struct value without = *base;

    without.number = value->number;
    *offset = (int64_t)(value->number - base->number);
    return memcmp(&without, value, sizeof without) == 0;
}
