# SPDX-License-Identifier: ISC
# Unit tests of src/ssh.
if HAVE_CMOCKA
ssh_tests = tests/unit/ssh_gate tests/unit/ssh_penalty tests/unit/ssh_request
check_PROGRAMS += $(ssh_tests)
TESTS += $(ssh_tests)
tests_unit_ssh_gate_LDADD = $(FRONT_LIBS) $(CMOCKA_LIBS)
tests_unit_ssh_penalty_LDADD = $(FRONT_LIBS) $(CMOCKA_LIBS)
tests_unit_ssh_request_LDADD = $(FRONT_LIBS) $(CMOCKA_LIBS)
endif
