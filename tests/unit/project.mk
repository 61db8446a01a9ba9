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
tests_unit_project_address_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_demo_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_difference_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_edit_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_lex_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_names_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_words_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_read_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_screen_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_server_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_table_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_project_bounds_LDADD = $(PROJECT_LIBS) $(CMOCKA_LIBS)
endif
