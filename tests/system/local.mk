# SPDX-License-Identifier: ISC
TESTS += %D%/simulator.t
EXTRA_DIST += %D%/simulator.t
