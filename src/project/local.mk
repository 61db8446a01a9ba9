# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libproject.a
%C%_libproject_a_SOURCES =
