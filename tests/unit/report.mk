# SPDX-License-Identifier: ISC
# Unit tests of src/report.
if HAVE_CMOCKA
report_tests = tests/unit/report_alarms tests/unit/report_run
check_PROGRAMS += $(report_tests)
TESTS += $(report_tests)
tests_unit_report_alarms_SOURCES = tests/unit/report_alarms.c \
	tests/unit/report_scene.h
tests_unit_report_alarms_LDADD = $(REPORT_LIBS) $(CMOCKA_LIBS)
tests_unit_report_run_SOURCES = tests/unit/report_run.c \
	tests/unit/report_scene.h
tests_unit_report_run_LDADD = $(REPORT_LIBS) $(CMOCKA_LIBS)
endif
