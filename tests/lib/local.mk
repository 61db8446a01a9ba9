# SPDX-License-Identifier: ISC
# A Modbus TCP client of its own: independent of the field and of libmodbus.
check_PROGRAMS += %D%/mb
%C%_mb_SOURCES = %D%/mb.c
%C%_mb_LDADD = $(BASE_LIBS)
