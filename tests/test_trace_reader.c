// test_trace_reader.c - cut, flipped and hostile traces get one clear sentence
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "runtime/message.h"
#include "tests/trace_story.h"

// ---- A small trace with something of everything -----------------------------

static void tell(struct writer *writer)
{
    struct writer_task *a = writer_task_begin(writer, "parent", 0, 10, 10);
    struct writer_task *b = writer_task_begin(writer, "child", 1, 11, 11);
    uint32_t place = writer_name(writer, "pipes.c:12");

    story_say(a, TRACE_PIPE_CREATE, 77, 65536);
    for (uint64_t i = 0; i < 30; i++)
        story_say(a, TRACE_OUTPUT, 1, i);
    writer_event_at(b, writer->step, place, TRACE_PIPE_WRITE, 77,
                    TRACE_FLOW_OF(5, 5));
    story_say(b, TRACE_MARK, writer_name(writer, "half"), 0);
    writer_task_end(b);
}

static const char *small_trace(void)
{
    const struct writer_options options = {.clock = TRACE_STEPS,
                                           .chunk_bytes = 1024,
                                           .chunk_count = 4,
                                           .task_count = 4,
                                           .name_count = 8,
                                           .text_bytes = 64};
    const char *path = story_path();
    struct writer writer;

    ck_assert_int_eq(writer_create(&writer, path, &options), 0);
    tell(&writer);
    writer_close(&writer);
    return path;
}

// What a reader can see of it, as one number.
static uint64_t contents(const struct reader *reader)
{
    uint64_t sum = reader->count;

    for (size_t i = 0; i < reader->count; i++) {
        sum = trace_check(reader_event(reader, i), sizeof(struct trace_record),
                          sum);
        sum ^= reader_task(reader, i);
    }
    for (uint32_t i = 1; i < reader->task_limit; i++)
        sum = trace_check(&reader->tasks[i], offsetof(struct trace_entry, lost),
                          sum);
    for (uint32_t i = 1; i <= reader->header.name_count; i++)
        sum ^= trace_name_hash(reader_name(reader, i)) * (uint64_t)i;
    return sum;
}

static uint64_t contents_of(const char *path)
{
    struct reader reader;
    uint64_t sum;

    story_open(&reader, path);
    sum = contents(&reader);
    reader_close(&reader);
    return sum;
}

// ---- Damage -----------------------------------------------------------------

START_TEST(cut_at_any_byte_it_is_refused_in_one_sentence)
{
    const char *path = small_trace();
    struct reader reader;
    struct stat about;

    lang_set("en");
    ck_assert_int_eq(stat(path, &about), 0);
    for (off_t size = about.st_size - 1; size >= 0; size--) {
        ck_assert_int_eq(truncate(path, size), 0);
        ck_assert(!reader_open(&reader, path));
        ck_assert_ptr_nonnull(strstr(reader.error, path));
        ck_assert_ptr_nonnull(
            strstr(reader.error, size < 8 ? "not a trace" : "cut short"));
        ck_assert_ptr_null(strchr(reader.error, '\n'));
    }
}
END_TEST

static void flip(int fd, off_t at, int bit)
{
    unsigned char byte;

    ck_assert_int_eq(pread(fd, &byte, 1, at), 1);
    byte ^= (unsigned char)(1 << bit);
    ck_assert_int_eq(pwrite(fd, &byte, 1, at), 1);
}

// Only counters that grow while it is written carry no check; what happened is
// the same all the same.
START_TEST(each_flipped_bit_is_reported_or_changes_nothing)
{
    const char *path = small_trace();
    uint64_t sound = contents_of(path);
    int fd = open(path, O_RDWR), reported = 0;
    off_t size = lseek(fd, 0, SEEK_END);

    for (off_t at = 0; at < size; at++)
        for (int bit = 0; bit < 8; bit++) {
            struct reader reader;

            flip(fd, at, bit);
            if (reader_open(&reader, path)) {
                ck_assert_msg(contents(&reader) == sound, "byte %ld bit %d",
                              (long)at, bit);
                reader_close(&reader);
            } else {
                ck_assert_ptr_nonnull(strstr(reader.error, path));
                reported++;
            }
            flip(fd, at, bit);
        }
    close(fd);
    ck_assert_int_gt(reported, 8 * 34 * 32);
    ck_assert_uint_eq(contents_of(path), sound);
}
END_TEST

START_TEST(each_flipped_bit_is_reported_or_changes_nothing_when_followed)
{
    const char *path = small_trace();
    int fd = open(path, O_RDWR);
    off_t size = lseek(fd, 0, SEEK_END);

    for (off_t at = 0; at < size; at += 3) {
        struct reader reader;
        size_t changed;

        story_open(&reader, path);
        flip(fd, at, (int)(at % 8));
        if (reader_refresh(&reader, &changed))
            reader_close(&reader);
        flip(fd, at, (int)(at % 8));
    }
    close(fd);
}
END_TEST

// ---- Hostility --------------------------------------------------------------

// A header and chunks whose checks are right and whose contents are not.
static void change(const char *path,
                   void (*how)(struct trace_header *, struct trace_entry *,
                               struct trace_chunk *))
{
    struct trace_layout layout;
    struct trace_header *h;
    struct trace_chunk *chunk;
    struct trace_entry *entry;
    struct trace_record *r;
    static uint64_t bytes[1 << 14];
    int fd = open(path, O_RDWR);
    ssize_t size = read(fd, bytes, sizeof bytes);

    h = (void *)bytes;
    ck_assert(trace_layout_of(h, &layout));
    entry = (void *)((char *)bytes + layout.tasks);
    chunk = (void *)((char *)bytes + layout.chunks);
    how(h, entry, chunk);
    h->check = trace_header_check(h);
    for (uint32_t i = 1; i < 3; i++)
        entry[i].check = trace_entry_check(&entry[i]);
    chunk->check = trace_chunk_check(chunk, chunk->state);
    r = (void *)(chunk + 1);
    for (uint32_t i = 0; i < layout.records && r[i].last; i++)
        r[i].last = (r[i].last << 16 >> 16) |
                    (uint64_t)trace_record_check(
                        r[i].time, r[i].object, r[i].value, r[i].last,
                        TRACE_CHUNK_TICKET(chunk->state))
                        << 48;
    ck_assert_int_eq(pwrite(fd, bytes, (size_t)size, 0), size);
    close(fd);
}

#define CHANGE(name, what)                                                     \
    static void name(struct trace_header *h, struct trace_entry *e,            \
                     struct trace_chunk *c)                                    \
    {                                                                          \
        struct trace_record *r = (void *)(c + 1);                              \
        (void)h, (void)e, (void)c, (void)r;                                    \
        what;                                                                  \
    }
CHANGE(huge_chunks, h->chunk_bytes = 1u << 31)
CHANGE(odd_chunks, h->chunk_bytes = 1000)
CHANGE(many_chunks, h->chunk_count = 0xffffffff)
CHANGE(more_chunks, h->chunk_count = 1 << 20)
CHANGE(no_chunks, h->chunk_count = 0)
CHANGE(many_tasks, h->task_count = 0xffffffff)
CHANGE(many_names, h->name_count = 0x80000000)
CHANGE(other_clock, h->clock = 9)
CHANGE(later_version, h->version = 2)
CHANGE(other_end, h->byte_order = 0x04030201)
CHANGE(foreign_task, c->task = 3)
CHANGE(task_zero, c->task = 0)
CHANGE(wild_task, c->task = 0xfffffff0)
CHANGE(bad_parent, e[2].parent = 1000)
CHANGE(bad_task_name, e[2].name = 1000)
CHANGE(early_task, e[2].begin = 0; h->start = 5)
CHANGE(back_in_time, r[5].time = r[4].time - 1)
CHANGE(before_start, h->start = 1; e[1].begin = e[2].begin = 1)
CHANGE(bad_place, r[5].last |= 1000)
CHANGE(bad_name, r[5].last = (uint64_t)TRACE_MARK << 32; r[5].object = 1u << 30)
CHANGE(wrong_count, c->count = 3)
CHANGE(same_chunk_twice, memcpy((char *)c + 1024, c, 1024))

START_TEST(hostile_numbers_are_refused_by_name)
{
    static const struct {
        void (*how)(struct trace_header *, struct trace_entry *,
                    struct trace_chunk *);
        const char *says;
    } rows[] = {
        {huge_chunks, "sizes that are not possible"},
        {odd_chunks, "sizes that are not possible"},
        {many_chunks, "sizes that are not possible"},
        {more_chunks, "cut short"},
        {no_chunks, "sizes that are not possible"},
        {many_tasks, "sizes that are not possible"},
        {many_names, "sizes that are not possible"},
        {other_clock, "sizes that are not possible"},
        {later_version, "format 2"},
        {other_end, "other byte order"},
        {foreign_task, "chunk 0: it belongs to a task that is not there"},
        {task_zero, "chunk 0: it belongs to a task that is not there"},
        {wild_task, "chunk 0: it belongs to a task that is not there"},
        {bad_parent, "entry of task 2"},
        {bad_task_name, "entry of task 2"},
        {early_task, "earlier"},
        {back_in_time, "chunk 0, record 5 is earlier"},
        {before_start, "chunk 0, record 0 is earlier"},
        {bad_place, "chunk 0, record 5: it has a name"},
        {bad_name, "chunk 0, record 5: it has a name"},
        {wrong_count, "chunk 0: it does not have as many records"},
        {same_chunk_twice, "chunk 1: its state"},
    };
    struct reader reader;

    lang_set("en");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *path = small_trace();

        change(path, rows[i].how);
        ck_assert_msg(!reader_open(&reader, path), "row %zu", i);
        ck_assert_msg(strstr(reader.error, rows[i].says), "row %zu: %s", i,
                      reader.error);
    }
}
END_TEST

START_TEST(what_is_no_regular_file_is_refused_at_once)
{
    struct reader reader;
    char fifo[TEMPORARY_SIZE];

    lang_set("en");
    ck_assert(!reader_open(&reader, "/not/there"));
    ck_assert_ptr_nonnull(strstr(reader.error, "/not/there: No such file"));
    ck_assert(!reader_open(&reader, "/tmp"));
    ck_assert(!reader_open(&reader, "/dev/zero"));
    ck_assert_ptr_nonnull(strstr(reader.error, "regular file"));
    temporary_path(fifo, "fifo");
    ck_assert_int_eq(mkfifo(fifo, 0600), 0);
    ck_assert(!reader_open(&reader, fifo));
    unlink(fifo);
}
END_TEST

START_TEST(errors_speak_the_chosen_language)
{
    const char *path = small_trace();
    struct reader reader;

    ck_assert_int_eq(truncate(path, 5000), 0);
    lang_set("es");
    ck_assert(!reader_open(&reader, path));
    ck_assert_ptr_nonnull(strstr(reader.error, "la traza está recortada"));
}
END_TEST

// ---- Order ------------------------------------------------------------------

START_TEST(events_of_one_time_have_one_order)
{
    const char *path = story_path();
    struct writer_task *tasks[3];
    struct writer writer;
    struct reader reader;
    uint32_t before = 0;

    story_create(&writer, path);
    for (uint32_t i = 0; i < 3; i++)
        tasks[i] = writer_task_begin(&writer, "t", 0, i + 1, i + 1);
    for (int i = 0; i < 90; i++)
        writer_event(tasks[2 - i % 3], TRACE_COUNTER, 0, (uint64_t)i);
    story_open(&reader, path);
    for (size_t i = 0; i < reader.count; i++) {
        ck_assert_uint_ge(reader_task(&reader, i), before);
        before = reader_task(&reader, i);
    }
    ck_assert_uint_eq(reader_at(&reader, 0), reader.count);
    reader_close(&reader);
    writer_close(&writer);
}
END_TEST

START_TEST(a_time_is_found_where_it_is)
{
    struct reader reader;

    story_open(&reader, small_trace());
    for (size_t i = 0; i < reader.count; i++) {
        size_t at = reader_at(&reader, reader_event(&reader, i)->time);

        ck_assert_uint_gt(at, i);
        ck_assert(at == reader.count || reader_event(&reader, at)->time >
                                            reader_event(&reader, i)->time);
    }
    reader_close(&reader);
}
END_TEST

START_TEST(kinds_of_the_future_are_passed_over_and_counted)
{
    const char *path = story_path();
    struct writer writer;
    struct reader reader;
    struct model model;

    story_create(&writer, path);
    story_say(writer_task_begin(&writer, "t", 0, 1, 1), 60000, 1, 2);
    story_open(&reader, path);
    ck_assert_uint_eq(reader.unknown, 1);
    ck_assert(model_open(&model, &reader));
    ck_assert_uint_eq(model.anomalies, 0);
    ck_assert_int_eq(model_doing(&model, 1), MODEL_RUNNING);
    model_close(&model);
    reader_close(&reader);
    writer_close(&writer);
}
END_TEST

START_TEST(a_trace_kept_since_format_1_still_opens)
{
    struct reader reader;

    story_open(&reader, "tests/data/fuzz_trace/format_1.trace");
    ck_assert_uint_eq(reader.count, 35);
    ck_assert_str_eq(reader_name(&reader, reader_entry(&reader, 2)->name),
                     "child");
    reader_close(&reader);
}
END_TEST

int main(void)
{
    TCase *all = tcase_create("all");

    tcase_set_timeout(all, 300);
    tcase_add_test(all, cut_at_any_byte_it_is_refused_in_one_sentence);
    tcase_add_test(all, each_flipped_bit_is_reported_or_changes_nothing);
    tcase_add_test(
        all, each_flipped_bit_is_reported_or_changes_nothing_when_followed);
    tcase_add_test(all, hostile_numbers_are_refused_by_name);
    tcase_add_test(all, what_is_no_regular_file_is_refused_at_once);
    tcase_add_test(all, errors_speak_the_chosen_language);
    tcase_add_test(all, events_of_one_time_have_one_order);
    tcase_add_test(all, a_time_is_found_where_it_is);
    tcase_add_test(all, kinds_of_the_future_are_passed_over_and_counted);
    tcase_add_test(all, a_trace_kept_since_format_1_still_opens);
    return story_run(suite_create("trace_reader"), all);
}
