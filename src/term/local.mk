# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libterm.a
%C%_libterm_a_SOURCES =
