# SPDX-License-Identifier: ISC
TESTS += %D%/simulator.t
EXTRA_DIST += %D%/simulator.t
ssh_system_tests = %D%/ssh-front.t %D%/ssh-limits.t
TESTS += $(ssh_system_tests)
EXTRA_DIST += $(ssh_system_tests)

# Whole plants: tests/README.md says what each proves.
plant_tests = \
	%D%/03-viewer-command-refused.t
TESTS += $(plant_tests)
EXTRA_DIST += $(plant_tests)
