# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libfield.a
%C%_libfield_a_SOURCES =
