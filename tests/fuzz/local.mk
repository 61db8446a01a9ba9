# SPDX-License-Identifier: ISC
# Fuzz targets. A target NAME is tests/fuzz/NAME.c with LLVMFuzzerTestOneInput(),
# a corpus tests/fuzz/NAME/ of at least 50 small files, and one line here:
#
#	fuzz += tests/fuzz/NAME.fuzz
#
# `make check` replays every corpus with any compiler, one TAP line a target.
# `CC=clang configure --enable-fuzz --enable-sanitize=address,undefined` makes
# the same programs libFuzzer drivers: tests/fuzz/NAME.fuzz CORPUS...
# All link with LDADD: a target of a higher room adds its libraries there.
fuzz =
fuzz += tests/fuzz/decode.fuzz
fuzz += tests/fuzz/expr.fuzz
fuzz += tests/fuzz/project.fuzz
fuzz += tests/fuzz/request.fuzz
tests_fuzz_request_fuzz_LDADD = $(FUZZ_MAIN) $(VERB_LIBS)
fuzz += tests/fuzz/screen.fuzz
fuzz += tests/fuzz/wire.fuzz
fuzz += tests/fuzz/keys.fuzz
tests_fuzz_keys_fuzz_LDADD = $(FUZZ_MAIN) $(TERM_LIBS) $(BASE_LIBS)
fuzz += tests/fuzz/reply.fuzz
tests_fuzz_reply_fuzz_LDADD = $(FUZZ_MAIN) $(FIELD_LIBS)

fuzz += tests/fuzz/words.fuzz
tests_fuzz_words_fuzz_LDADD = $(FUZZ_MAIN) src/verb/libverb.a $(BASE_LIBS)

if FUZZ
FUZZ_MAIN = $(FUZZ_DRIVER)
else
FUZZ_MAIN = tests/fuzz/libreplay.a
TESTS += $(fuzz)
endif
check_PROGRAMS += $(fuzz)
check_LIBRARIES += tests/fuzz/libreplay.a
tests_fuzz_libreplay_a_SOURCES = tests/fuzz/replay.c tests/fuzz/fuzz.h
LDADD = $(FUZZ_MAIN) $(PROJECT_LIBS) $(WIRE_LIBS)
EXTRA_DIST += $(fuzz:.fuzz=)
# A corpus is a directory: not what make would build from NAME.c.
$(fuzz:.fuzz=):
	@:
