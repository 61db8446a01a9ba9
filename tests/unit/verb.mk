# SPDX-License-Identifier: ISC
# Unit tests of src/verb.
if HAVE_CMOCKA
check_PROGRAMS += tests/unit/verb_man tests/unit/verb_request tests/unit/verb_words tests/unit/verb_writer
TESTS += tests/unit/verb_man tests/unit/verb_request tests/unit/verb_words tests/unit/verb_writer
tests_unit_verb_man_LDADD = $(VERB_LIBS) $(CMOCKA_LIBS)
tests_unit_verb_request_LDADD = $(VERB_LIBS) $(CMOCKA_LIBS)
tests_unit_verb_words_LDADD = src/verb/libverb.a $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_verb_writer_LDADD = $(VERB_LIBS) $(CMOCKA_LIBS)
endif
