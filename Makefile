# Telar. "make help" says what you can ask for; ./telar is the front door.

# ---- What there is: discovered, never listed --------------------------------

SAN ?=
CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
BUILD := build$(if $(SAN),/$(SAN))$(if $(filter clang%,$(CC)),/clang)

ROOMS    := runtime tools/course tools/trace tools/recorder tools/explorer \
	tools/player tools/grader viz
LIBS     := $(foreach r,$(ROOMS),$(BUILD)/lib/lib$(notdir $r).a)
TOOLS    := $(wildcard tools/*/telar-*.c viz/telar-*.c)
PROGRAMS := $(wildcard lessons/[0-9][0-9]_*/*.c)
SUITES   := $(wildcard tests/labs/[0-9][0-9]_*.c)
TESTS    := $(wildcard tests/test_*.c)
SCRIPTS  := $(wildcard tests/test_*.sh)
BENCHES  := $(wildcard tests/bench/bench_*.c)

tool_bins    := $(patsubst %.c,$(BUILD)/bin/%,$(notdir $(TOOLS)))
lesson_bins  := $(patsubst lessons/%.c,$(BUILD)/lessons/%,$(PROGRAMS))
suite_bins   := $(patsubst tests/labs/%.c,$(BUILD)/labs/%,$(SUITES))
test_bins    := $(patsubst tests/%.c,$(BUILD)/tests/%,$(TESTS))
bench_bins   := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(BENCHES))
engines      := $(BUILD)/lib/engine32.o $(BUILD)/lib/engine128.o
inside       := $(BUILD)/lib/libtelar-record.so
lesson_names := $(basename $(notdir $(PROGRAMS)))

comma := ,
# Our flags stand apart from CFLAGS: "make CFLAGS=-O0" loses none of them.
# Quick to build, with lines for backtraces; better code where it counts, and
# all that a debugger wants for what students look into.
optimize := -O0
debug := -g1
better = $(foreach room,$2,$(BUILD)/obj/$(room)/%.o): optimize := $1
$(call better,-O1,tools/recorder tests)
$(call better,-O2,runtime tools/trace tests/bench)
$(patsubst %,$(BUILD)/obj/viz/%.o,statistics waits): optimize := -O2
$(BUILD)/lessons/%: optimize := -O2
$(BUILD)/lessons/%: debug := -g
# Programs that may run on small stacks: no frame jumps over a guard page.
probes := $(if $(filter x86_64%,$(shell $(CC) -dumpmachine)),-fstack-clash-protection)
$(BUILD)/lessons/% $(BUILD)/obj/runtime/%.o $(BUILD)/obj/tests/%.o: frames := $(probes)
san_flags := $(if $(SAN),-fsanitize=$(SAN)$(if $(filter address,$(SAN)),$(comma)undefined) \
	-fno-omit-frame-pointer -fno-sanitize-recover=all)
telar_cflags := -pipe -std=c11 -D_GNU_SOURCE -I. -pthread -Wall -Wextra -Wshadow \
	-Wstrict-prototypes $(san_flags)
telar_libs := -lncursesw -ltinfo -ljansson -lseccomp -lcapstone -ldw -lelf -ldl -lm -pthread
# Debian's is static and in two parts, elsewhere it is a shared library.
check_libs := $(if $(wildcard /usr/lib/*/libcheck_pic.a),\
	-lcheck_pic -lsubunit,-lcheck) -lrt

Q := $(if $(V),,@)

# ---- What you can ask for ---------------------------------------------------

.DEFAULT_GOAL := all
.PHONY: all help list charts slides check test soak bench format format-check clean \
	tests lessons $(addprefix run-,$(lesson_names))

all: $(tool_bins) $(engines) $(inside) $(lesson_bins) $(suite_bins) ## the whole course | el curso entero

# The rule of lang_set (runtime/message.h).
spanish = $(filter es%,$(firstword $(filter es es_% es.% en en_% en.%,\
	$(TELAR_LANG) $(subst :, ,$(LANGUAGE)) $(LC_ALL) $(LC_MESSAGES) $(LANG)) es))

help: ## this list | esta lista
	@awk -F ':.*## |^## | [|] ' '/^([a-z-]+:.*)?## / { \
	  printf("  make %s%s\n", $$1 ? sprintf("%-15s", $$1) : "", \
	         NF == 2 ? $$2 : $$$(if $(spanish),3,2)) }' Makefile

list: ## lessons, their programs, labs | las lecciones, sus programas y labs
	@{ for d in lessons/[0-9][0-9]_*/; do d=$${d%/}; \
	  echo "$${d#lessons/}:" $$(ls $$d/*.c 2>/dev/null | sed 's,.*/,,; s,\.c$$,,'); done; \
	  echo "labs:" $(notdir $(wildcard labs/[0-9][0-9]_*)); } | fold -sw 78

$(addprefix run-,$(lesson_names)): run-%: lessons
	@exec $(BUILD)/lessons/*/$*

lessons: $(lesson_bins) ## the lesson programs only | solo los programas de las lecciones

charts: all ## measure and draw (build/charts) | mide y dibuja (build/charts)
	@$(BUILD)/bin/telar-plot --all

slides: all ## a deck in each language (build/slides) | una presentación en cada idioma
	@$(BUILD)/bin/telar-slides

check: all ## grade my labs (LAB=topic: one) | califica mis labs (LAB=tema: uno)
	@./telar check $(LAB)

tests: all $(test_bins)
test: tests ## the project's own tests | las pruebas del proyecto mismo
	@BUILD=$(BUILD) SAN=$(SAN) CC=$(CC) tests/run $(ONLY)

soak: all ## the long repetitions | las repeticiones largas
	@BUILD=$(BUILD) tests/soak

bench: all $(bench_bins) ## measure; nothing is asserted | mide; no exige nada
	@box=$$(mktemp -d) && trap 'rm -rf "$$box"' EXIT && trap 'exit 130' INT TERM; \
	for b in $(bench_bins); do \
	  echo "== $$(basename $$b)"; TMPDIR=$$box $$b || exit 1; done

# Not the labs that a student has changed here.
c_sources = $$(git ls-files -co --exclude-standard '*.c' '*.h' | \
	grep -vxF "$$(git diff --name-only HEAD -- labs)")
format: ## lay out the C sources | da formato al código en C
	@clang-format -i $(c_sources)

format-check:
	@clang-format --dry-run -Werror $(c_sources)

clean: ## remove build/ | borra build/
	rm -rf build

## run-PROGRAM    run one lesson program | run-PROGRAMA   ejecuta un programa de lección
## ... ONLY=test_X JOBS=N (test), SAN=address or thread, CC=clang, V=1 | ... ONLY=test_X JOBS=N (test), SAN=address o thread, CC=clang, V=1

# ---- How it is built --------------------------------------------------------

compile = $(CC) $(telar_cflags) $(frames) $(debug) $(or $(CFLAGS),$(optimize)) -MMD -MP
say = $(if $(V),,$(info $()  $(1)))

# One library a room: its sources but the mains (telar-*.c).
define room
$(BUILD)/lib/lib$(notdir $1).a: $(patsubst %.c,$(BUILD)/obj/%.o,$(filter-out $1/telar-%,$(wildcard $1/*.c)))
	$$(call say,AR $$(notdir $$@))
	$$(Q)rm -f $$@ && ar rcs $$@ $$(filter %.o,$$^)
endef
$(foreach r,$(ROOMS),$(eval $(call room,$r)))

$(BUILD)/obj/%.o: %.c Makefile
	$(call say,CC $<)
	$(Q)$(compile) -c -o $@ $<

link = $(CC) $(telar_cflags) $(debug) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) \
	-Wl,--start-group $(filter %.a,$^) -Wl,--end-group

define tool
$(BUILD)/bin/$(basename $(notdir $1)): $(BUILD)/obj/$(basename $1).o $(LIBS)
	$$(call say,LD $$(notdir $$@))
	$$(Q)$$(link) $$(telar_libs)
endef
$(foreach t,$(TOOLS),$(eval $(call tool,$t)))

# What the explorer links to a program: one object, of which only the names that
# programs call are seen outside. Never under a sanitizer: it takes the place of
# one. Twice: for up to 32 threads and fast, for up to 128.
engine_sources := $(wildcard tools/explorer/engine/*.c) runtime/must.c \
	runtime/message.c
engine_cflags := -pipe -std=c11 -D_GNU_SOURCE -I. -Wall -Wextra -Wshadow \
	-Wstrict-prototypes -fno-pie -fno-stack-protector \
	$(if $(filter clang%,$(CC)),,-fno-reorder-functions)
define engine
$(BUILD)/obj/engine$1/%.o: %.c Makefile
	$$(call say,CC $$< ($1 tasks))
	$$(Q)$$(CC) $$(engine_cflags) $(if $(filter 32,$1),-O3,-O1) -DTASK_LIMIT=$1 -MMD -MP -c -o $$@ $$<
$(BUILD)/lib/engine$1.o: $$(engine_sources:%.c=$(BUILD)/obj/engine$1/%.o)
	$$(call say,LD engine$1.o)
	$$(Q)ld -r -o $$@ $$^ && objcopy --wildcard \
	  --rename-section .text=weave_text \
	  -G 'weave_*' -G '__tsan_*' -G main $$@
endef
$(eval $(call engine,32))
$(eval $(call engine,128))

# What the recorder puts into other people's programs: never under a sanitizer,
# on its own writer, and nothing of it seen but the functions that it watches.
inside_sources := $(wildcard tools/recorder/inside/*.c) tools/trace/writer.c \
	tools/trace/writer_file.c tools/trace/trace.c tools/trace/state.c \
	tools/recorder/calls_names.c
inside_cflags := -pipe -std=c11 -D_GNU_SOURCE -g1 -I. -Wall -Wextra -Wshadow \
	-Wstrict-prototypes -O3 -fPIC -fvisibility=hidden \
	-ftls-model=initial-exec -fno-stack-protector -ffunction-sections
inside_wraps := open close mmap munmap madvise pread fstat kill getpid syscall \
	clock_gettime
$(BUILD)/obj/inside/%.o: %.c Makefile
	$(call say,CC $< (inside))
	$(Q)$(CC) $(inside_cflags) -MMD -MP -c -o $@ $<
$(inside): $(inside_sources:%.c=$(BUILD)/obj/inside/%.o)
	$(call say,LD $(notdir $@))
	$(Q)$(CC) -shared -Wl,-z,now -Wl,--gc-sections \
	  $(addprefix -Wl$(comma)--wrap=,$(inside_wraps)) -o $@.new $^ -ldl \
	  -pthread && mv -f $@.new $@ # programs may have the old one mapped

# A lesson program is plain C on the runtime alone: one step for each.
$(BUILD)/lessons/%: lessons/%.c $(BUILD)/lib/libruntime.a Makefile
	$(call say,CC $<)
	$(Q)$(compile) $(LDFLAGS) -MF $(BUILD)/obj/lessons/$*.d -o $@ $< \
	  $(filter %.a,$^) -ldl -lm -pthread

$(BUILD)/labs/%: $(BUILD)/obj/tests/labs/%.o $(LIBS)
	$(call say,LD labs/$(notdir $@))
	$(Q)$(link) $(check_libs) $(telar_libs)

$(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(LIBS)
	$(call say,LD $(notdir $@))
	$(Q)$(link) $(check_libs) $(telar_libs)

# The tests that look at screens.
$(addprefix $(BUILD)/tests/,test_screens test_terminal test_cast \
	test_play_terminal): \
	telar_libs += -lvterm -lutil
$(BUILD)/bench/bench_view: telar_libs += -lutil

$(BUILD)/bench/%: $(BUILD)/obj/tests/bench/%.o $(LIBS)
	$(Q)$(link) $(telar_libs)

.SECONDARY:
# Every folder at once, so that no rule needs a shell for its own.
sources := $(PROGRAMS) $(wildcard $(addsuffix /*.c,$(ROOMS) tests tests/labs tests/bench))
objects := $(addprefix obj/,$(sources) $(engine_sources:%=engine32/%) \
	$(engine_sources:%=engine128/%) $(inside_sources:%=inside/%))
$(shell mkdir -p $(addprefix $(BUILD)/,bin lib labs tests bench \
	$(sort $(dir $(PROGRAMS) $(objects)))))
-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
