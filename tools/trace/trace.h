// trace.h - the trace file: everything that is in it, and in which unit
//
// A trace is what happened to a set of tasks (threads, mostly), written while
// it happens by any number of threads and processes into one mapped file of
// bounded size. Whoever reads it (viz, exporters, the grader) does so through
// reader.h and model.h.
//
//     | header | task table | name slots | name text | chunk 0 | chunk 1 | ...
//
// - A CHUNK belongs to one stream of events of one task at a time. It begins
//   with a checkpoint of its task's state, then come records of 32 bytes in
//   the order of time. Chunks are handed out by one atomic addition.
// - When no chunk is left, the policy decides: TRACE_STOP loses the new events
//   and counts them in the task's entry (lost); TRACE_OVERWRITE takes the
//   oldest chunk that no living process writes to and counts what was in it
//   (header.overwritten; for one stream: chunk.events_before of its first
//   chunk that is left).
// - NAMES are strings kept once; everywhere else stands their number.
// - Nothing needs a farewell: a record counts from the store of its last word
//   on, whatever happens to its writer afterwards.
// - CHECKS make damage visible. Each constant part carries one. The words that
//   grow while the file is written (_Atomic below, but chunk.state) carry none.
// - A new KIND of event does not change the version: a reader counts kinds it
//   does not know and passes over them. Any other change does.
//
// Interface: TRACE_KINDS, trace_kind_of, trace_layout_of, trace_check,
// trace_record_check, trace_name_hash.
// Threads: only constants and pure functions. Ownership: none.
#ifndef TELAR_TRACE_H
#define TELAR_TRACE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRACE_MAGIC "\x89TELAR\r\n" // 8 bytes, the NUL not among them
#define TRACE_VERSION 1
#define TRACE_BYTE_ORDER 0x01020304u

enum trace_policy { TRACE_STOP = 1, TRACE_OVERWRITE = 2 };

// What a time is: nanoseconds of CLOCK_MONOTONIC, or steps of the explorer.
enum trace_clock { TRACE_NANOSECONDS = 1, TRACE_STEPS = 2 };

struct trace_header {
    char magic[8];
    uint32_t version, byte_order; // these three stay here in every version
    uint32_t chunk_bytes;         // a power of two
    uint32_t chunk_count;
    uint32_t task_count; // entries of the task table
    uint32_t name_count; // slots, a power of two
    uint32_t text_bytes;
    uint32_t policy, clock;
    uint32_t creator_pid;
    uint64_t start;       // time of creation; no event is earlier
    uint64_t realtime_ns; // the same moment, CLOCK_REALTIME
    uint64_t check;       // of all above
    uint64_t unused[7];
    _Atomic uint64_t next_ticket; // how many chunks were ever asked for
    _Atomic uint64_t next_task;   // how many tasks ever began
    _Atomic uint64_t next_stream;
    _Atomic uint64_t text_used;   // bytes
    _Atomic uint64_t names_lost;  // for which there was no room
    _Atomic uint64_t overwritten; // events
};

// A task is never removed. Number 0 stands for all those beyond the table.
struct trace_entry {
    uint32_t pid, tid; // of the system, or any numbers of the explorer's
    uint32_t parent;   // number of the task that began it, 0: none known
    uint32_t name;
    uint64_t begin;         // time
    _Atomic uint64_t check; // of all above; 0: not written yet
    _Atomic uint64_t lost;  // events of this task that found no room
    // Said once, at the task's end; 0 until then, and where nobody could say.
    _Atomic uint64_t ended;    // time; who sets it (0 before) writes TASK_EXIT
    _Atomic uint64_t cpu_ns;   // was on a CPU, in all
    _Atomic uint64_t delay_ns; // was ready but not on a CPU, in all
};

// 31..0 where in the text the name begins, 63..32 its trace_name_hash. A slot
// is found by hash and, when taken, by the next slot that is not. 0: empty.
// In the text each name ends in a NUL.
typedef _Atomic uint64_t trace_slot;

// What one task is doing: the checkpoint of a chunk. state.h moves it along.
enum trace_life { TRACE_UNKNOWN, TRACE_ALIVE, TRACE_EXITED };
enum trace_cpu {
    TRACE_CPU_UNKNOWN, // no scheduling events: it runs unless it waits
    TRACE_CPU_ON,
    TRACE_CPU_READY, // could run, but another one has the CPU
    TRACE_CPU_OFF    // blocked
};
#define TRACE_HELD 19

struct trace_state {
    uint64_t since;  // time at which the wait (or the life) began
    uint64_t object; // it waits for
    uint64_t run_since, coroutine;
    uint32_t waits; // kind of the event that began the wait, 0: none
    uint32_t place; // name of the last "file.c:12" it said, 0: none
    uint32_t cpu_number;
    int32_t status; // wait status once exited
    uint8_t life;   // enum trace_life
    uint8_t cpu;    // enum trace_cpu
    uint16_t unused;
    uint32_t held_count;       // locks it owns; may be more than
    uint64_t held[TRACE_HELD]; // have room here, oldest first; 0: some other
};

// Two states differ in two bits, so that one flipped bit makes none of another.
enum trace_chunk_state {
    TRACE_CHUNK_FREE = 0,
    TRACE_CHUNK_TAKEN = 3, // being prepared: contents mean nothing
    TRACE_CHUNK_OPEN = 5,
    TRACE_CHUNK_CLOSED = 6
};

struct trace_chunk {
    _Atomic uint64_t state; // 3..0 enum trace_chunk_state, 25..4 pid of the
                            // writer, 63..26 the ticket it was taken with
    uint32_t task;          // number in the task table
    uint32_t stream;        // who wrote: a task may have several writers
    uint32_t sequence;      // of this chunk in its stream, from 0
    _Atomic uint32_t count; // of records, once closed
    uint64_t events_before; // in earlier chunks of this stream
    uint64_t lost_before;   // of this task, when the chunk was taken
    uint64_t check;         // of state (pid and ticket) and all constant parts
    struct trace_state checkpoint; // as it was before the first record
};

#define TRACE_CHUNK_STATE(word) ((word)&15)
#define TRACE_CHUNK_PID(word) ((uint32_t)((word) >> 4 & 0x3fffff))
#define TRACE_CHUNK_TICKET(word) ((word) >> 26)

struct trace_record {
    uint64_t time;         // header.clock says of what
    uint64_t object;       // who or what: TRACE_KINDS says
    uint64_t value;        // how much: TRACE_KINDS says
    _Atomic uint64_t last; // 31..0 place (name of "file.c:12", 0: none), 47..32
                           // kind, 63..48 trace_record_check. Stored last: as
                           // long as it is 0 there is no record.
};

#define TRACE_KIND(last) ((uint16_t)((last) >> 32))
#define TRACE_PLACE_OF(last) ((uint32_t)(last))
#define TRACE_CHECK(last) ((uint16_t)((last) >> 48))

_Static_assert(sizeof(struct trace_header) == 176, "trace_header");
_Static_assert(sizeof(struct trace_entry) == 64, "trace_entry");
_Static_assert(sizeof(struct trace_chunk) == 256, "trace_chunk");
_Static_assert(sizeof(struct trace_record) == 32, "trace_record");

// ---- What can happen --------------------------------------------------------

// What an object or a value is. A lock, condition, semaphore, barrier, queue,
// coroutine or block of memory is the address it has in its task's process;
// with bit 63 set it is a number that all processes share. A pipe is its inode.
enum trace_meaning {
    TRACE_NOTHING,
    TRACE_LOCK,
    TRACE_CONDITION,
    TRACE_SEMAPHORE,
    TRACE_BARRIER,
    TRACE_PIPE,
    TRACE_QUEUE,
    TRACE_COROUTINE,
    TRACE_MEMORY,
    TRACE_ANY,        // address of an object of any sort
    TRACE_TID,        // a task, by its tid
    TRACE_CPU_NUMBER, //
    TRACE_NAME,       // number of a name
    TRACE_STREAM,     // 1 standard output, 2 standard error
    TRACE_DESCRIPTOR, //
    TRACE_BYTES,      //
    TRACE_FLOW,       // 31..0 bytes moved, 63..32 bytes in the pipe afterwards
    TRACE_DURATION,   // in units of the clock
    TRACE_STATUS,     // wait status, as waitpid gives it
    TRACE_COUNT,      //
    TRACE_ITEM,       // identity of what goes through a queue
    TRACE_NUMBER,     // signed
    TRACE_SOURCE,     // enum trace_source
    TRACE_END,        // 0 reading end, 1 writing end
    TRACE_MEANINGS
};
#define TRACE_SHARED (UINT64_C(1) << 63)
#define TRACE_FLOW_OF(bytes, fill) ((uint64_t)(fill) << 32 | (uint32_t)(bytes))

// Where the scheduling events of a trace come from.
enum trace_source {
    TRACE_SOURCE_PERF = 1,     // the kernel's context switches
    TRACE_SOURCE_FALLBACK = 2, // only what surrounds blocking calls
    TRACE_SOURCE_EXPLORER = 3  // chosen by the explorer
};

// What an event does to the state of its task.
enum trace_effect {
    TRACE_NO_EFFECT,
    TRACE_BEGINS,   // the task lives
    TRACE_EXITS,    // with status value
    TRACE_WAITS,    // for object, from now on
    TRACE_WAKES,    // whatever it waited for, it does so no longer
    TRACE_OWNS,     // wakes, and owns object
    TRACE_DISOWNS,  // owns object no longer
    TRACE_LEAVES,   // owns value no longer and waits for object (condition)
    TRACE_RETURNS,  // wakes, and owns value unless it is 0 (condition)
    TRACE_RUNS,     // is on a CPU
    TRACE_PREEMPTS, // is off the CPU, but ready
    TRACE_BLOCKS,   // is off the CPU, blocked
    TRACE_CARRIES,  // runs coroutine object (0: its own stack)
    TRACE_STANDS,   // is at its place
    TRACE_LINGERS,  // has exited, and is still on a CPU
    TRACE_VANISHES  // no longer
};

// CLEAN_UP: what the kernel does to take a process away, behind its TASK_EXIT.
// It is charged to the process, but nobody sees it: that it takes so long, and
// at once, is inferred from what the process used in all.

//    number, NAME, object, value, effect
#define TRACE_KINDS(X)                                                         \
    X(1, TASK_BEGIN, TID, NOTHING, BEGINS) /* object: who began it, or 0 */    \
    X(2, TASK_NAME, NAME, NOTHING, NO_EFFECT)                                  \
    X(3, TASK_EXIT, NOTHING, STATUS, EXITS)                                    \
    X(4, FORK, TID, NOTHING, NO_EFFECT) /* object: the child */                \
    X(5, EXEC, NAME, NOTHING, NO_EFFECT)                                       \
    X(6, WAIT_REQUEST, TID, NOTHING, WAITS) /* object 0: any child */          \
    X(7, WAIT_DONE, TID, STATUS, WAKES)                                        \
    X(8, JOIN_REQUEST, TID, NOTHING, WAITS)                                    \
    X(9, JOIN_DONE, TID, NOTHING, WAKES)                                       \
    X(10, THREAD_CREATE, TID, NOTHING, NO_EFFECT)                              \
    X(11, CHILD_CPU, TID, DURATION, NO_EFFECT) /* with all it waited for */    \
    X(16, CPU_RUN, CPU_NUMBER, NOTHING, RUNS)                                  \
    X(17, CPU_PREEMPT, CPU_NUMBER, NOTHING, PREEMPTS)                          \
    X(18, CPU_BLOCK, CPU_NUMBER, NOTHING, BLOCKS)                              \
    X(19, CPU_WAKE, NOTHING, NOTHING, PREEMPTS) /* ready, not yet on a CPU */  \
    X(20, CPU_DELAY, NOTHING, DURATION, NO_EFFECT) /* was ready that long */   \
    X(21, SLEEP_BEGIN, NOTHING, DURATION, WAITS)                               \
    X(22, SLEEP_END, NOTHING, NOTHING, WAKES)                                  \
    X(23, YIELD, NOTHING, NOTHING, NO_EFFECT)                                  \
    X(24, CLEAN_UP, CPU_NUMBER, DURATION, LINGERS) /* inferred, see above */   \
    X(25, CLEAN_UP_END, CPU_NUMBER, NOTHING, VANISHES)                         \
    X(32, LOCK_REQUEST, LOCK, NOTHING, WAITS)                                  \
    X(33, LOCK_ACQUIRE, LOCK, NOTHING, OWNS)                                   \
    X(34, LOCK_RELEASE, LOCK, NOTHING, DISOWNS)                                \
    X(35, LOCK_FAIL, LOCK, NOTHING, WAKES)     /* trylock, time-out, error */  \
    X(36, SHARE_REQUEST, LOCK, NOTHING, WAITS) /* to read, among readers */    \
    X(37, SHARE_ACQUIRE, LOCK, NOTHING, OWNS)                                  \
    X(38, SHARE_RELEASE, LOCK, NOTHING, DISOWNS)                               \
    X(40, COND_WAIT, CONDITION, LOCK, LEAVES)                                  \
    X(41, COND_WAKE, CONDITION, LOCK, RETURNS)                                 \
    X(42, COND_TIMEOUT, CONDITION, LOCK, RETURNS)                              \
    X(43, COND_SIGNAL, CONDITION, NOTHING, NO_EFFECT)                          \
    X(44, COND_BROADCAST, CONDITION, NOTHING, NO_EFFECT)                       \
    X(48, SEM_INIT, SEMAPHORE, COUNT, NO_EFFECT)                               \
    X(49, SEM_REQUEST, SEMAPHORE, NOTHING, WAITS)                              \
    X(50, SEM_ACQUIRE, SEMAPHORE, NOTHING, WAKES)                              \
    X(51, SEM_FAIL, SEMAPHORE, NOTHING, WAKES)                                 \
    X(52, SEM_POST, SEMAPHORE, NOTHING, NO_EFFECT)                             \
    X(56, BARRIER_WAIT, BARRIER, NOTHING, WAITS)                               \
    X(57, BARRIER_LEAVE, BARRIER, NOTHING, WAKES)                              \
    X(64, PIPE_CREATE, PIPE, BYTES, NO_EFFECT) /* value: capacity */           \
    X(65, PIPE_WRITE_REQUEST, PIPE, BYTES, WAITS)                              \
    X(66, PIPE_WRITE, PIPE, FLOW, WAKES)                                       \
    X(67, PIPE_READ_REQUEST, PIPE, BYTES, WAITS)                               \
    X(68, PIPE_READ, PIPE, FLOW, WAKES) /* no bytes: end of file */            \
    X(69, PIPE_CLOSE, PIPE, END, NO_EFFECT)                                    \
    X(70, PIPE_FAIL, PIPE, NOTHING, WAKES)                                     \
    X(72, OUTPUT, STREAM, BYTES, NO_EFFECT) /* one write(), after it */        \
    X(73, IO_REQUEST, DESCRIPTOR, BYTES, WAITS)                                \
    X(74, IO_DONE, DESCRIPTOR, NUMBER, WAKES)                                  \
    X(75, IO_WRITTEN, DESCRIPTOR, NUMBER, WAKES) /* IO_DONE of a write */      \
    X(80, CALL_BEGIN, NAME, NAME, NO_EFFECT)     /* value: category */         \
    X(81, CALL_END, NAME, NUMBER, NO_EFFECT)     /* value: what it returned */ \
    X(82, BLOCK_BEGIN, NAME, NOTHING, WAITS)     /* any other blocking call */ \
    X(83, BLOCK_END, NAME, NOTHING, WAKES)                                     \
    X(96, ALLOC, MEMORY, BYTES, NO_EFFECT)                                     \
    X(97, FREE, MEMORY, BYTES, NO_EFFECT) /* value: its size, 0: unknown */    \
    X(112, CO_CREATE, COROUTINE, NAME, NO_EFFECT)                              \
    X(113, CO_RUN, COROUTINE, NOTHING, CARRIES)                                \
    X(114, CO_END, COROUTINE, NOTHING, NO_EFFECT)                              \
    X(128, QUEUE_CREATE, QUEUE, COUNT, NO_EFFECT) /* value: capacity */        \
    X(129, PUT_REQUEST, QUEUE, ITEM, WAITS)                                    \
    X(130, PUT, QUEUE, ITEM, WAKES)                                            \
    X(131, GET_REQUEST, QUEUE, NOTHING, WAITS)                                 \
    X(132, GET, QUEUE, ITEM, WAKES)                                            \
    X(133, QUEUE_CLOSE, QUEUE, NOTHING, NO_EFFECT)                             \
    X(134, QUEUE_FAIL, QUEUE, NOTHING, WAKES) /* closed, or time-out */        \
    X(144, COUNTER, NAME, NUMBER, NO_EFFECT)                                   \
    X(145, MARK, NAME, NUMBER, NO_EFFECT)                                      \
    X(146, OBJECT_NAME, ANY, NAME, NO_EFFECT) /* "m1" instead of 0x5581... */  \
    X(147, SCHEDULING, SOURCE, NOTHING, NO_EFFECT)                             \
    X(148, NOTE, NAME, NOTHING, NO_EFFECT)                                     \
    X(149, PLACE, NOTHING, NOTHING, STANDS)                                    \
    X(150, FAILURE, NAME, NAME, NO_EFFECT) /* in English, in Spanish */

#define TRACE_ENUM(number, name, object, value, effect) TRACE_##name = number,
// Kind 0 is no event; a writer may use numbers beyond those named here.
enum trace_kinds { TRACE_KINDS(TRACE_ENUM) TRACE_KIND_LIMIT };
#undef TRACE_ENUM

struct trace_kind {
    const char *name;      // "LOCK_REQUEST"; NULL: not known to this version
    uint8_t object, value; // enum trace_meaning
    uint8_t effect;        // enum trace_effect
};

extern const struct trace_kind trace_kind_table[TRACE_KIND_LIMIT];

// The row of kind; for one that is not known a row whose name is NULL, without
// meanings and effect.
static inline const struct trace_kind *trace_kind_of(uint16_t kind)
{
    return &trace_kind_table[kind < TRACE_KIND_LIMIT ? kind : 0];
}

// ---- Where everything lies --------------------------------------------------

struct trace_layout { // offsets in bytes from the beginning of the file
    uint64_t tasks, slots, text, chunks, end;
    uint32_t records; // of one chunk
};

// Computes where everything lies. Returns false when the sizes the header
// gives are not possible ones; none of them is trusted before.
bool trace_layout_of(const struct trace_header *header,
                     struct trace_layout *layout);

// A check of size bytes (a multiple of 8); never 0. It differs when one word
// of them does.
uint64_t trace_check(const void *bytes, size_t size, uint64_t seed);
uint64_t trace_header_check(const struct trace_header *header);
uint64_t trace_entry_check(const struct trace_entry *entry);
uint64_t trace_chunk_check(const struct trace_chunk *chunk, uint64_t state);

// Of name, never 0. No further than to its NUL.
uint32_t trace_name_hash(const char *name);

// 15 bits of everything in a record and of its chunk's ticket, and one set bit:
// differs when one bit of the record does, and is never 0.
static inline uint16_t trace_record_check(uint64_t time, uint64_t object,
                                          uint64_t value, uint64_t last,
                                          uint64_t ticket)
{
    uint64_t all = time ^ (object << 21 | object >> 43) ^
                   (value << 42 | value >> 22) ^ (last << 16 >> 16) ^
                   ticket << 7;

    all ^= all >> 32;
    return (uint16_t)(((all ^ all >> 15 ^ (uint32_t)all >> 30) & 0x7fff) |
                      0x8000);
}

#endif
