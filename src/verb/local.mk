# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libverb.a
%C%_libverb_a_SOURCES = \
	%D%/words.c %D%/words.h
