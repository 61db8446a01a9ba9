# SPDX-License-Identifier: ISC
# Unit tests of src/project.
if HAVE_CMOCKA
project_tests = tests/unit/project_address \
	tests/unit/project_bounds \
	tests/unit/project_demo \
	tests/unit/project_difference \
	tests/unit/project_edit \
	tests/unit/project_lex \
	tests/unit/project_names \
	tests/unit/project_read \
	tests/unit/project_screen \
	tests/unit/project_server \
	tests/unit/project_table \
	tests/unit/project_words
check_PROGRAMS += $(project_tests)
TESTS += $(project_tests)
tests_unit_project_address_SOURCES = tests/unit/project_address.c
tests_unit_project_address_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_demo_SOURCES = tests/unit/project_demo.c
tests_unit_project_demo_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_difference_SOURCES = tests/unit/project_difference.c
tests_unit_project_difference_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_edit_SOURCES = tests/unit/project_edit.c
tests_unit_project_edit_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_lex_SOURCES = tests/unit/project_lex.c
tests_unit_project_lex_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_names_SOURCES = tests/unit/project_names.c
tests_unit_project_names_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_words_SOURCES = tests/unit/project_words.c
tests_unit_project_words_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_read_SOURCES = tests/unit/project_read.c
tests_unit_project_read_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_screen_SOURCES = tests/unit/project_screen.c
tests_unit_project_screen_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_server_SOURCES = tests/unit/project_server.c
tests_unit_project_server_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_table_SOURCES = tests/unit/project_table.c
tests_unit_project_table_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_bounds_SOURCES = tests/unit/project_bounds.c
tests_unit_project_bounds_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
endif
