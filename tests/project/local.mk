# SPDX-License-Identifier: ISC
check_PROGRAMS += %D%/check %D%/keys
%C%_check_SOURCES = %D%/check.c
%C%_check_LDADD = $(PROJECT_LIBS)
%C%_keys_SOURCES = %D%/keys.c
%C%_keys_LDADD = $(PROJECT_LIBS)
TESTS += %D%/check.t %D%/man.t
EXTRA_DIST += %D%/check.t %D%/man.t %D%/sightglass.conf
EXTRA_DIST += \
	%D%/00-formats \
	%D%/01-syntax \
	%D%/02-unknown-key \
	%D%/03-missing-key \
	%D%/04-wrong-type \
	%D%/05-out-of-range \
	%D%/06-duplicate-name \
	%D%/07-bad-name \
	%D%/08-unknown-area \
	%D%/09-unknown-type \
	%D%/10-unknown-device \
	%D%/11-unknown-line \
	%D%/12-unknown-poll \
	%D%/13-unknown-tag \
	%D%/14-unknown-function \
	%D%/15-unknown-role \
	%D%/16-unknown-screen \
	%D%/17-overlap \
	%D%/18-address \
	%D%/19-expression \
	%D%/20-cycle \
	%D%/21-csv-cells \
	%D%/22-csv-override \
	%D%/23-torn \
	%D%/24-unbound \
	%D%/25-screen \
	%D%/26-bytes \
	%D%/27-grammar \
	%D%/28-extends \
	%D%/29-reports \
	%D%/30-missing-plant \
	%D%/31-valid-extends \
	%D%/32-screen-parents \
	%D%/33-narrow-markers \
	%D%/34-removed-cells \
	%D%/35-plant \
	%D%/36-lines \
	%D%/37-tags \
	%D%/38-types \
	%D%/39-columns \
	%D%/40-table \
	%D%/41-bindings \
	%D%/42-alarms \
	%D%/43-report-sections \
	%D%/44-words \
	%D%/45-tiles \
	%D%/46-suppress \
	%D%/47-still-runs \
	%D%/48-warned \
	%D%/49-suppress-all
