# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libssh.a
%C%_libssh_a_SOURCES =
