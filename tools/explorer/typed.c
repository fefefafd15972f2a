// typed.c - a piece of a variable, by the variable's type
#include <dwarf.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tools/explorer/typed.h"

uint64_t typed_size(const Dwarf_Die *type)
{
    Dwarf_Die copy = *type;
    Dwarf_Word size;

    return dwarf_aggregate_size(&copy, &size) == 0 ? size : 0;
}

static bool type_of(Dwarf_Die *die, Dwarf_Die *type)
{
    Dwarf_Attribute attribute;

    return dwarf_attr_integrate(die, DW_AT_type, &attribute) &&
           dwarf_formref_die(&attribute, type);
}

static bool number_of(Dwarf_Die *die, unsigned what, uint64_t *number)
{
    Dwarf_Attribute attribute;
    Dwarf_Word word;

    if (!dwarf_attr_integrate(die, what, &attribute) ||
        dwarf_formudata(&attribute, &word) != 0)
        return false;
    *number = word;
    return true;
}

__attribute__((format(printf, 3, 4))) static void
append(char *text, size_t size, const char *format, ...)
{
    size_t used = strlen(text);
    va_list rest;

    va_start(rest, format);
    vsnprintf(text + used, size - used, format, rest);
    va_end(rest);
}

// ---- Going down into a type -------------------------------------------------

// Nobody wants to know what is inside a mutex.
static bool is_opaque(Dwarf_Die *type)
{
    const char *name = dwarf_diename(type);

    if (dwarf_tag(type) != DW_TAG_typedef || !name)
        return false;
    return strncmp(name, "pthread_", 8) == 0 || strcmp(name, "sem_t") == 0 ||
           strcmp(name, "mtx_t") == 0 || strcmp(name, "cnd_t") == 0 ||
           strcmp(name, "once_flag") == 0;
}

// Takes off typedefs and qualifiers, down to what has a shape. False at the end
// of what may be looked into.
static bool peel(Dwarf_Die *type)
{
    for (;;) {
        switch (dwarf_tag(type)) {
        case DW_TAG_typedef:
            if (is_opaque(type))
                return false;
            break;
        case DW_TAG_const_type:
        case DW_TAG_volatile_type:
        case DW_TAG_atomic_type:
        case DW_TAG_restrict_type:
            break;
        default:
            return true;
        }
        if (!type_of(type, type))
            return false;
    }
}

// The number of elements of a dimension, 0: not said.
static uint64_t count_of(Dwarf_Die *dimension)
{
    uint64_t number;

    if (number_of(dimension, DW_AT_count, &number))
        return number;
    return number_of(dimension, DW_AT_upper_bound, &number) ? number + 1 : 0;
}

// How many elements of the innermost type one step in this dimension spans.
static uint64_t span_behind(Dwarf_Die dimension)
{
    uint64_t span = 1, count;

    while (dwarf_siblingof(&dimension, &dimension) == 0)
        if (dwarf_tag(&dimension) == DW_TAG_subrange_type &&
            (count = count_of(&dimension)) > 0)
            span *= count;
    return span;
}

static bool enter_array(Dwarf_Die *type, uint64_t *offset, char *text,
                        size_t text_size)
{
    Dwarf_Die element, dimension;
    uint64_t size, index;

    if (!type_of(type, &element) || (size = typed_size(&element)) == 0 ||
        dwarf_child(type, &dimension) != 0)
        return false;
    do {
        uint64_t span = size * span_behind(dimension);

        index = *offset / span;
        *offset %= span;
        append(text, text_size, "[%llu]", (unsigned long long)index);
    } while (dwarf_siblingof(&dimension, &dimension) == 0);
    *type = element;
    return true;
}

static bool holds(Dwarf_Die *member, uint64_t offset, uint64_t *begin)
{
    Dwarf_Die type;
    uint64_t size;

    *begin = 0;
    number_of(member, DW_AT_data_member_location, begin);
    if (!type_of(member, &type))
        return false;
    size = typed_size(&type);
    return offset >= *begin && (offset < *begin + size || size == 0);
}

static bool enter_member(Dwarf_Die *type, uint64_t *offset, char *text,
                         size_t text_size)
{
    Dwarf_Die member;
    uint64_t begin;

    if (dwarf_child(type, &member) != 0)
        return false;
    do
        if (dwarf_tag(&member) == DW_TAG_member &&
            holds(&member, *offset, &begin)) {
            if (dwarf_diename(&member))
                append(text, text_size, ".%s", dwarf_diename(&member));
            *offset -= begin;
            return type_of(&member, type);
        }
    while (dwarf_siblingof(&member, &member) == 0);
    return false;
}

// The whole of it, and more than one value: a struct that is copied. Of what a
// pointer points to the outermost struct that begins there.
static bool is_whole(Dwarf_Die *type, uint64_t offset, uint64_t size)
{
    if (size == UINT64_MAX)
        return offset == 0 && dwarf_tag(type) != DW_TAG_array_type;
    return offset == 0 && size > 8 && typed_size(type) == size;
}

static bool enter(Dwarf_Die *type, uint64_t *offset, char *text,
                  size_t text_size)
{
    switch (dwarf_tag(type)) {
    case DW_TAG_array_type:
        return enter_array(type, offset, text, text_size);
    case DW_TAG_structure_type:
    case DW_TAG_union_type:
        return enter_member(type, offset, text, text_size);
    default:
        return false;
    }
}

void typed_find(const Dwarf_Die *type, uint64_t offset, uint64_t size_bytes,
                char *text, size_t text_size, struct typed *typed)
{
    bool goes_on = true;

    typed->type = *type;
    while (goes_on) {
        typed->has_type = peel(&typed->type);
        goes_on = typed->has_type &&
                  !is_whole(&typed->type, offset, size_bytes) &&
                  enter(&typed->type, &offset, text, text_size);
    }
    typed->rest_bytes = offset;
}

// ---- Values -----------------------------------------------------------------

static int64_t sign_extend(uint64_t value, uint64_t size_bytes)
{
    unsigned shift = size_bytes < 8 ? (unsigned)(64 - 8 * size_bytes) : 0;

    return (int64_t)(value << shift) >> shift;
}

static void write_float(uint64_t value, uint64_t size_bytes, char *text,
                        size_t text_size)
{
    double number;
    float small;
    uint32_t low = (uint32_t)value;

    memcpy(&small, &low, sizeof small);
    memcpy(&number, &value, sizeof number);
    snprintf(text, text_size, "%g", size_bytes == 4 ? (double)small : number);
}

static void write_character(uint64_t value, char *text, size_t text_size)
{
    if (value >= ' ' && value < 127)
        snprintf(text, text_size, "'%c'", (int)value);
    else
        snprintf(text, text_size, "%d", (int)sign_extend(value, 1));
}

static bool write_base(Dwarf_Die *type, uint64_t size_bytes, uint64_t value,
                       char *text, size_t text_size)
{
    uint64_t encoding = 0;

    number_of(type, DW_AT_encoding, &encoding);
    if (encoding == DW_ATE_boolean)
        snprintf(text, text_size, "%s", value ? "true" : "false");
    else if (encoding == DW_ATE_float && size_bytes >= 4)
        write_float(value, size_bytes, text, text_size);
    else if (encoding == DW_ATE_signed_char || encoding == DW_ATE_unsigned_char)
        write_character(value, text, text_size);
    else if (encoding == DW_ATE_signed)
        snprintf(text, text_size, "%lld",
                 (long long)sign_extend(value, size_bytes));
    else
        snprintf(text, text_size, "%llu", (unsigned long long)value);
    return true;
}

static bool write_enumerator(Dwarf_Die *type, uint64_t size_bytes,
                             uint64_t value, char *text, size_t text_size)
{
    Dwarf_Die one;
    Dwarf_Attribute attribute;
    Dwarf_Sword number;

    if (dwarf_child(type, &one) != 0)
        return false;
    do
        if (dwarf_attr(&one, DW_AT_const_value, &attribute) &&
            dwarf_formsdata(&attribute, &number) == 0 &&
            number == sign_extend(value, size_bytes)) {
            snprintf(text, text_size, "%s", dwarf_diename(&one));
            return true;
        }
    while (dwarf_siblingof(&one, &one) == 0);
    return false;
}

bool typed_is_pointer(const struct typed *typed)
{
    Dwarf_Die type = typed->type;

    return typed->has_type && dwarf_tag(&type) == DW_TAG_pointer_type;
}

bool typed_value(const struct typed *typed, uint64_t size_bytes, uint64_t value,
                 char *text, size_t text_size)
{
    Dwarf_Die type = typed->type;

    if (!typed->has_type || typed->rest_bytes ||
        typed_size(&type) != size_bytes)
        return false;
    switch (dwarf_tag(&type)) {
    case DW_TAG_base_type:
        return write_base(&type, size_bytes, value, text, text_size);
    case DW_TAG_enumeration_type:
        return write_enumerator(&type, size_bytes, value, text, text_size);
    case DW_TAG_pointer_type:
        snprintf(text, text_size, "NULL");
        return value == 0;
    default:
        return false;
    }
}
