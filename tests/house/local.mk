# SPDX-License-Identifier: ISC
TESTS += tests/house/man.t
EXTRA_DIST += tests/house/man.t
