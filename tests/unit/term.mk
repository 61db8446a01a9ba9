# SPDX-License-Identifier: ISC
# Unit tests of src/term.
if HAVE_CMOCKA
EXTRA_DIST += tests/unit/term_help.h
term_tests = tests/unit/term_canvas \
	tests/unit/term_decode \
	tests/unit/term_drain \
	tests/unit/term_flow \
	tests/unit/term_frame \
	tests/unit/term_input \
	tests/unit/term_keymap \
	tests/unit/term_layout \
	tests/unit/term_plot \
	tests/unit/term_probe \
	tests/unit/term_style \
	tests/unit/term_table \
	tests/unit/term_terminal \
	tests/unit/term_trend \
	tests/unit/term_view
check_PROGRAMS += $(term_tests)
TESTS += $(term_tests)
TERM_TEST_LIBS = $(TERM_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_term_canvas_LDADD = $(TERM_TEST_LIBS)
tests_unit_term_decode_LDADD = $(TERM_TEST_LIBS)
tests_unit_term_drain_LDADD = $(TERM_TEST_LIBS)
tests_unit_term_flow_SOURCES = tests/unit/term_flow.c tests/unit/term_pty.h
tests_unit_term_flow_LDADD = $(TERM_TEST_LIBS)
tests_unit_term_frame_LDADD = $(TERM_TEST_LIBS)
tests_unit_term_input_LDADD = $(TERM_TEST_LIBS)
tests_unit_term_keymap_LDADD = $(TERM_TEST_LIBS)
tests_unit_term_layout_LDADD = $(TERM_TEST_LIBS)
tests_unit_term_plot_LDADD = $(TERM_TEST_LIBS)
tests_unit_term_probe_LDADD = $(TERM_TEST_LIBS)
tests_unit_term_style_LDADD = $(TERM_TEST_LIBS)
tests_unit_term_table_LDADD = $(TERM_TEST_LIBS)
tests_unit_term_terminal_SOURCES = tests/unit/term_terminal.c tests/unit/term_pty.h
tests_unit_term_terminal_LDADD = $(TERM_TEST_LIBS)
tests_unit_term_trend_LDADD = $(TERM_TEST_LIBS)
tests_unit_term_view_LDADD = $(TERM_TEST_LIBS)
endif
