# SPDX-License-Identifier: ISC
# Unit tests of src/store.
if HAVE_CMOCKA
store_tests = tests/unit/store_record
check_PROGRAMS += $(store_tests)
TESTS += $(store_tests)
store_test_libs = $(STORE_LIBS) $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_store_record_SOURCES = tests/unit/store_record.c \
	tests/unit/store_help.h
tests_unit_store_record_LDADD = $(store_test_libs)
endif
