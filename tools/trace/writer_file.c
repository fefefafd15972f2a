// writer_file.c - makes and joins the file of a trace, keeps names in it
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "tools/trace/writer.h"

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 // Linux 5.14
#endif
#ifndef MADV_WIPEONFORK
#define MADV_WIPEONFORK 18 // Linux 4.14
#endif

enum { LONGEST_NAME = 255 };

static char *at_offset(const struct writer *writer, uint64_t offset)
{
    return (char *)writer->header + offset;
}

// ---- Making and joining a file ----------------------------------------------

static void set_sizes(struct trace_header *h, const struct writer_options *o)
{
    static const struct writer_options usual = {0};

    if (!o)
        o = &usual;
    memcpy(h->magic, TRACE_MAGIC, sizeof h->magic);
    h->version = TRACE_VERSION;
    h->byte_order = TRACE_BYTE_ORDER;
    h->chunk_bytes = o->chunk_bytes ? o->chunk_bytes : 4096;
    h->chunk_count = o->chunk_count ? o->chunk_count : 16384;
    h->task_count = o->task_count ? o->task_count : 1024;
    h->name_count = o->name_count ? o->name_count : 4096;
    h->text_bytes = o->text_bytes ? o->text_bytes : 131072;
    h->policy = o->policy ? o->policy : TRACE_STOP;
    h->clock = o->clock ? o->clock : TRACE_NANOSECONDS;
}

static void fill_header(struct trace_header *h)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    h->realtime_ns = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
    h->start = h->clock == TRACE_STEPS ? 0 : writer_now();
    h->creator_pid = (uint32_t)getpid();
    atomic_init(&h->next_task, 1); // 0 is for those beyond the table
    h->check = trace_header_check(h);
}

static int map(struct writer *writer, int fd, uint64_t size)
{
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

    if (at == MAP_FAILED)
        return errno;
    writer->header = at;
    return 0;
}

// A page that has no place on the disk kills whoever stores to it. So the
// tables get theirs now and the chunks when they are taken; where the kernel
// cannot say in time that the disk is full, all get theirs now.
static int back_file(const struct writer *writer, int fd)
{
    const struct trace_layout *l = &writer->layout;
    int error = posix_fallocate(fd, 0, (off_t)l->chunks);

    if (error)
        return error;
    if (madvise(writer->header, 4096, MADV_POPULATE_WRITE) == 0)
        return 0;
    return posix_fallocate(fd, 0, (off_t)l->end);
}

static void *private_memory(size_t size)
{
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return at == MAP_FAILED ? NULL : at;
}

static size_t handles_size(const struct writer *writer)
{
    return writer->header->task_count * sizeof(struct writer_task);
}

static int make_private(struct writer *writer)
{
    writer->handles = private_memory(handles_size(writer));
    writer->pid = private_memory(4096);
    if (!writer->handles || !writer->pid)
        return ENOMEM;
    if (madvise((void *)writer->pid, 4096, MADV_WIPEONFORK) != 0) {
        munmap((void *)writer->pid, 4096);
        writer->pid = NULL;
    } else {
        atomic_store(writer->pid, (uint32_t)getpid());
    }
    writer->handles[0].writer = writer;
    atomic_store(&writer->handles[0].used, 1);
    return 0;
}

void writer_close(struct writer *writer)
{
    if (writer->handles)
        munmap(writer->handles, handles_size(writer));
    if (writer->pid)
        munmap((void *)writer->pid, 4096);
    if (writer->header)
        munmap(writer->header, writer->layout.end);
    *writer = (struct writer){0};
}

static int closed_because(struct writer *writer, int error)
{
    if (error)
        writer_close(writer);
    return error;
}

static int make(struct writer *writer, int fd, const struct trace_header *sizes)
{
    uint64_t end = writer->layout.end;
    int error = ftruncate(fd, (off_t)end) == 0 ? 0 : errno;

    if (!error)
        error = map(writer, fd, end);
    if (!error)
        error = back_file(writer, fd);
    if (error)
        return error;
    memcpy(writer->header, sizes, offsetof(struct trace_header, unused));
    fill_header(writer->header);
    return make_private(writer);
}

// Whoever opens path finds a whole trace there, or none.
int writer_create(struct writer *writer, const char *path,
                  const struct writer_options *options)
{
    struct trace_header sizes = {0};
    char draft[4096];
    int fd, error;

    *writer = (struct writer){0};
    set_sizes(&sizes, options);
    if (!trace_layout_of(&sizes, &writer->layout))
        return EINVAL;
    if (snprintf(draft, sizeof draft, "%s.%d.new", path, (int)getpid()) >=
        (int)sizeof draft)
        return ENAMETOOLONG;
    unlink(draft);
    fd = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return errno;
    error = make(writer, fd, &sizes);
    if (!error && rename(draft, path) != 0)
        error = errno;
    if (error)
        unlink(draft);
    close(fd);
    return closed_because(writer, error);
}

static bool is_a_trace(const struct trace_header *h, uint64_t size,
                       struct trace_layout *layout)
{
    return memcmp(h->magic, TRACE_MAGIC, sizeof h->magic) == 0 &&
           h->version == TRACE_VERSION && h->byte_order == TRACE_BYTE_ORDER &&
           h->check == trace_header_check(h) && trace_layout_of(h, layout) &&
           layout->end == size;
}

static int join(struct writer *writer, int fd)
{
    struct trace_header header;
    struct stat about;
    int error;

    if (fstat(fd, &about) != 0)
        return errno;
    if (pread(fd, &header, sizeof header, 0) != sizeof header ||
        !is_a_trace(&header, (uint64_t)about.st_size, &writer->layout))
        return EBADMSG;
    error = map(writer, fd, writer->layout.end);
    return error ? error : make_private(writer);
}

int writer_open(struct writer *writer, const char *path)
{
    int error, fd = open(path, O_RDWR | O_CLOEXEC);

    *writer = (struct writer){0};
    if (fd < 0)
        return errno;
    error = join(writer, fd);
    close(fd);
    return closed_because(writer, error);
}

// ---- Names ------------------------------------------------------------------

static bool is_name_at(const struct writer *writer, uint64_t offset,
                       const char *name, size_t size)
{
    return offset + size <= writer->header->text_bytes &&
           memcmp(at_offset(writer, writer->layout.text + offset), name,
                  size) == 0;
}

static bool store_name(struct writer *writer, const char *name, size_t size,
                       uint64_t *offset)
{
    *offset = atomic_fetch_add(&writer->header->text_used, size);
    if (*offset + size > writer->header->text_bytes)
        return false;
    memcpy(at_offset(writer, writer->layout.text + *offset), name, size);
    return true;
}

// Two that store the same name at once: the one whose slot is taken first
// wins, and the text of the other stays unused.
static uint32_t find_name(struct writer *writer, const char *name, size_t size)
{
    trace_slot *slots = (void *)at_offset(writer, writer->layout.slots);
    uint32_t hash = trace_name_hash(name), count = writer->header->name_count;
    uint64_t mine = 0, offset;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = (hash + i) & (count - 1);
        uint64_t slot = atomic_load_explicit(&slots[at], memory_order_acquire);

        if (slot == 0 && mine == 0) {
            if (!store_name(writer, name, size, &offset))
                return 0;
            mine = (uint64_t)hash << 32 | offset;
        }
        if (slot == 0 &&
            atomic_compare_exchange_strong(&slots[at], &slot, mine))
            return at + 1;
        if (slot >> 32 == hash &&
            is_name_at(writer, (uint32_t)slot, name, size))
            return at + 1;
    }
    return 0;
}

uint32_t writer_name(struct writer *writer, const char *name)
{
    char copy[LONGEST_NAME + 1];
    size_t length = strnlen(name, LONGEST_NAME);
    uint32_t number;

    memcpy(copy, name, length);
    copy[length] = '\0';
    number = find_name(writer, copy, length + 1);
    if (number == 0)
        atomic_fetch_add(&writer->header->names_lost, 1);
    return number;
}
