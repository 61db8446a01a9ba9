# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libsim.a
%C%_libsim_a_SOURCES =
