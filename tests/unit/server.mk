# SPDX-License-Identifier: ISC
# Unit tests of src/server.
if HAVE_CMOCKA
check_PROGRAMS += tests/unit/server_confine
TESTS += tests/unit/server_confine
tests_unit_server_confine_SOURCES = tests/unit/server_confine.c
tests_unit_server_confine_LDADD = $(SERVER_LIBS) $(CMOCKA_LIBS)
endif
