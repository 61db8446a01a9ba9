# SPDX-License-Identifier: ISC
check_PROGRAMS += tests/project/check
tests_project_check_SOURCES = tests/project/check.c
tests_project_check_LDADD = $(PROJECT_LIBS)
TESTS += tests/project/check.t
EXTRA_DIST += $(tests_project_data)
