# SPDX-License-Identifier: ISC
# Unit tests of src/base.
if HAVE_CMOCKA
base_tests = tests/unit/base_catalogue
check_PROGRAMS += $(base_tests)
TESTS += $(base_tests)
tests_unit_base_catalogue_LDADD = $(BASE_LIBS) $(CMOCKA_LIBS)
endif
