# SPDX-License-Identifier: ISC
# Unit tests of src/wire.
if HAVE_CMOCKA
wire_tests = tests/unit/wire_cursor tests/unit/wire_field tests/unit/wire_message
check_PROGRAMS += $(wire_tests)
TESTS += $(wire_tests)
tests_unit_wire_cursor_LDADD = $(WIRE_LIBS) $(CMOCKA_LIBS)
tests_unit_wire_field_LDADD = $(WIRE_LIBS) $(CMOCKA_LIBS)
tests_unit_wire_message_LDADD = $(WIRE_LIBS) $(CMOCKA_LIBS)
endif
