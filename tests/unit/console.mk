# SPDX-License-Identifier: ISC
# Unit tests of src/console.
if HAVE_CMOCKA
EXTRA_DIST += tests/unit/console_core.h
console_tests = tests/unit/console_app tests/unit/console_events tests/unit/console_link \
	tests/unit/console_marks tests/unit/console_mimic tests/unit/console_panes tests/unit/console_said \
	tests/unit/console_sending tests/unit/console_things
check_PROGRAMS += $(console_tests)
TESTS += $(console_tests)
tests_unit_console_app_LDADD = $(CONSOLE_LIBS) $(CMOCKA_LIBS)
tests_unit_console_events_LDADD = $(CONSOLE_LIBS) $(CMOCKA_LIBS)
tests_unit_console_link_LDADD = $(CONSOLE_LIBS) $(CMOCKA_LIBS)
tests_unit_console_marks_LDADD = $(CONSOLE_LIBS) $(CMOCKA_LIBS)
tests_unit_console_mimic_LDADD = $(CONSOLE_LIBS) $(CMOCKA_LIBS)
tests_unit_console_panes_LDADD = $(CONSOLE_LIBS) $(CMOCKA_LIBS)
tests_unit_console_said_LDADD = $(CONSOLE_LIBS) $(CMOCKA_LIBS)
tests_unit_console_sending_LDADD = $(CONSOLE_LIBS) $(CMOCKA_LIBS)
tests_unit_console_things_LDADD = $(CONSOLE_LIBS) $(CMOCKA_LIBS)
endif
