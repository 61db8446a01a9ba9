# SPDX-License-Identifier: ISC
# Unit tests of src/cli.
if HAVE_CMOCKA
check_PROGRAMS += tests/unit/cli_app
TESTS += tests/unit/cli_app
tests_unit_cli_app_SOURCES = tests/unit/cli_app.c
tests_unit_cli_app_LDADD = $(CLI_LIBS) $(CMOCKA_LIBS)
endif
