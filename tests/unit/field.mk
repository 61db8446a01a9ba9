# SPDX-License-Identifier: ISC
# Unit tests of src/field.
if HAVE_CMOCKA
field_tests = tests/unit/field_adopt tests/unit/field_driver \
	tests/unit/field_job tests/unit/field_line \
	tests/unit/field_outbox tests/unit/field_pdu tests/unit/field_plan
check_PROGRAMS += $(field_tests)
TESTS += $(field_tests)
FIELD_TEST_FILES = tests/lib/badplc.c tests/lib/badplc.h \
	tests/lib/fieldend.c tests/lib/fieldend.h
FIELD_TEST_FLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/lib
tests_unit_field_adopt_SOURCES = tests/unit/field_adopt.c $(FIELD_TEST_FILES)
tests_unit_field_adopt_CPPFLAGS = $(FIELD_TEST_FLAGS)
tests_unit_field_adopt_LDADD = $(FIELD_LIBS) $(CMOCKA_LIBS)
tests_unit_field_driver_LDADD = $(FIELD_LIBS) $(CMOCKA_LIBS)
tests_unit_field_job_SOURCES = tests/unit/field_job.c $(FIELD_TEST_FILES)
tests_unit_field_job_CPPFLAGS = $(FIELD_TEST_FLAGS)
tests_unit_field_job_LDADD = $(FIELD_LIBS) $(CMOCKA_LIBS)
tests_unit_field_line_SOURCES = tests/unit/field_line.c $(FIELD_TEST_FILES)
tests_unit_field_line_CPPFLAGS = $(FIELD_TEST_FLAGS)
tests_unit_field_line_LDADD = $(FIELD_LIBS) $(CMOCKA_LIBS)
tests_unit_field_outbox_LDADD = $(FIELD_LIBS) $(CMOCKA_LIBS)
tests_unit_field_pdu_LDADD = $(FIELD_LIBS) $(CMOCKA_LIBS)
tests_unit_field_plan_LDADD = $(FIELD_LIBS) $(CMOCKA_LIBS)
endif
