# SPDX-License-Identifier: ISC
# Unit tests of src/cli.
if HAVE_CMOCKA
cli_tests = tests/unit/cli_ask tests/unit/cli_input tests/unit/cli_watch
check_PROGRAMS += $(cli_tests)
TESTS += $(cli_tests)
cli_scene = tests/unit/cli_scene.c tests/unit/cli_scene.h
tests_unit_cli_ask_SOURCES = tests/unit/cli_ask.c $(cli_scene)
tests_unit_cli_ask_LDADD = $(CLI_LIBS) $(CMOCKA_LIBS)
tests_unit_cli_input_SOURCES = tests/unit/cli_input.c $(cli_scene)
tests_unit_cli_input_LDADD = $(CLI_LIBS) $(CMOCKA_LIBS)
tests_unit_cli_watch_SOURCES = tests/unit/cli_watch.c $(cli_scene)
tests_unit_cli_watch_LDADD = $(CLI_LIBS) $(CMOCKA_LIBS)
endif
