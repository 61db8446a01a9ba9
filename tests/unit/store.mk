# SPDX-License-Identifier: ISC
# Unit tests of src/store.
if HAVE_CMOCKA
store_tests = tests/unit/store_backup tests/unit/store_chunk tests/unit/store_counter tests/unit/store_exchange tests/unit/store_history tests/unit/store_import tests/unit/store_kill \
	tests/unit/store_past tests/unit/store_query tests/unit/store_record tests/unit/store_trouble
check_PROGRAMS += $(store_tests)
TESTS += $(store_tests)
store_test_libs = $(STORE_LIBS) $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_store_backup_SOURCES = tests/unit/store_backup.c \
	tests/unit/store_help.h
tests_unit_store_backup_LDADD = $(store_test_libs)
tests_unit_store_chunk_LDADD = $(store_test_libs)
tests_unit_store_counter_LDADD = $(store_test_libs)
tests_unit_store_exchange_LDADD = $(store_test_libs)
tests_unit_store_exchange_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=renameat
tests_unit_store_history_SOURCES = tests/unit/store_history.c \
	tests/unit/history_help.h
tests_unit_store_history_LDADD = $(store_test_libs)
tests_unit_store_import_SOURCES = tests/unit/store_import.c \
	tests/unit/store_help.h
tests_unit_store_import_LDADD = $(store_test_libs)
tests_unit_store_kill_SOURCES = tests/unit/store_kill.c \
	tests/unit/store_help.h
tests_unit_store_kill_LDADD = $(store_test_libs)
tests_unit_store_past_SOURCES = tests/unit/store_past.c \
	tests/unit/history_help.h
tests_unit_store_past_LDADD = $(store_test_libs)
tests_unit_store_query_SOURCES = tests/unit/store_query.c \
	tests/unit/store_help.h
tests_unit_store_query_LDADD = $(store_test_libs)
tests_unit_store_record_SOURCES = tests/unit/store_record.c \
	tests/unit/store_help.h
tests_unit_store_record_LDADD = $(store_test_libs)
tests_unit_store_trouble_SOURCES = tests/unit/store_trouble.c \
	tests/unit/store_vfs.c tests/unit/store_vfs.h tests/unit/store_help.h
tests_unit_store_trouble_LDADD = $(store_test_libs)
endif
