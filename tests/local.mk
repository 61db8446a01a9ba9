# SPDX-License-Identifier: ISC
TEST_EXTENSIONS = .t
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
T_LOG_DRIVER = $(LOG_DRIVER)
# No test may stand for ever; the soak may.
patience = timeout -k 30 $${SG_PATIENCE:-900}
LOG_COMPILER = $(patience)
T_LOG_COMPILER = $(patience) $(SHELL)
AM_TESTS_ENVIRONMENT = CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT; \
	SG_SRC='$(abs_top_srcdir)'; export SG_SRC; SG_BUILD='$(abs_top_builddir)'; export SG_BUILD;

include tests/lib/local.mk
include tests/unit/base.mk
include tests/unit/model.mk
include tests/unit/project.mk
include tests/unit/wire.mk
include tests/unit/field.mk
include tests/unit/store.mk
include tests/unit/term.mk
include tests/unit/verb.mk
include tests/unit/report.mk
include tests/unit/server.mk
include tests/unit/ssh.mk
include tests/unit/console.mk
include tests/unit/cli.mk
include tests/unit/sim.mk
include tests/project/local.mk
include tests/screens/local.mk
include tests/wire/local.mk
include tests/scenario/local.mk
include tests/system/local.mk
include tests/fuzz/local.mk
include tests/bench/local.mk
include tests/house/local.mk

# For ./check, which chooses among them.
.PHONY: list-tests
list-tests:
	@for t in $(TESTS); do echo "$$t"; done

# For tests: what a variable holds.
.PHONY: print-check_PROGRAMS print-bindir print-sbindir print-pkglibexecdir print-mandir \
	print-sysconfdir print-pkgdatadir print-localedir print-systemdsystemunitdir
print-check_PROGRAMS: ; @for p in $(check_PROGRAMS); do echo "$$p"; done
print-bindir: ; @echo '$(bindir)'
print-sbindir: ; @echo '$(sbindir)'
print-pkglibexecdir: ; @echo '$(pkglibexecdir)'
print-mandir: ; @echo '$(mandir)'
print-sysconfdir: ; @echo '$(sysconfdir)'
print-pkgdatadir: ; @echo '$(pkgdatadir)'
print-localedir: ; @echo '$(localedir)'
print-systemdsystemunitdir: ; @echo '$(systemdsystemunitdir)'

EXTRA_DIST += tests/README.md tests/sabotage
