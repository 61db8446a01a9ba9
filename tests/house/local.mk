# SPDX-License-Identifier: ISC
house_tests = tests/house/install.t tests/house/man.t tests/house/rooms.t \
	tests/house/style.t tests/house/texts.t
TESTS += $(house_tests)
EXTRA_DIST += $(house_tests) tests/house/texts.unmarked \
	src/base/README.md src/model/README.md src/project/README.md \
	src/wire/README.md src/field/README.md src/store/README.md \
	src/term/README.md src/verb/README.md src/server/README.md \
	src/ssh/README.md src/console/README.md src/cli/README.md \
	src/sim/README.md
