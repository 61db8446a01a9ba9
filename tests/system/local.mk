# SPDX-License-Identifier: ISC
TESTS += %D%/simulator.t
EXTRA_DIST += %D%/simulator.t
ssh_system_tests = %D%/ssh-front.t %D%/ssh-limits.t
TESTS += $(ssh_system_tests)
EXTRA_DIST += $(ssh_system_tests)

# Whole plants: tests/README.md says what each proves.
plant_tests = \
	%D%/01-two-ssh-clients.t \
	%D%/02-what-was-seen-counts.t \
	%D%/03-viewer-command-refused.t \
	%D%/04-audit-locked-command-waits.t \
	%D%/05-kill-nothing-lost.t \
	%D%/06-silent-plc-comes-back.t \
	%D%/07-no-wrong-good-value.t \
	%D%/08-slow-and-stopped-client.t \
	%D%/09-alarms-after-a-restart.t \
	%D%/10-no-control-view-only.t \
	%D%/11-project-error-touches-nothing.t \
	%D%/12-same-words-locally-and-over-ssh.t \
	%D%/13-hostile-strings.t \
	%D%/clock-set.t \
	%D%/console-on-a-tty.t \
	%D%/17-report-shift.t \
	%D%/18-thirty-two-clients.t \
	%D%/19-kill-failing-sync-full-disk.t \
	%D%/backfill.t \
	%D%/events-view.t \
	%D%/service-manager.t \
	%D%/every-command-as-written.t \
	%D%/demo-commands.t \
	%D%/overview-tiles.t \
	%D%/field-panel.t \
	%D%/audit-trace.t \
	%D%/apply-touches-only-the-change.t \
	%D%/what-begins-anew-is-read.t \
	%D%/backup.t \
	%D%/restore-while-running.t \
	%D%/store-verify.t \
	%D%/history.t \
	%D%/no-connection.t \
	%D%/passwords.t \
	%D%/project-over-ssh.t \
	%D%/put-aside-and-locked.t \
	%D%/interlock-bypassed.t \
	%D%/serial-line.t \
	%D%/stations-and-languages.t \
	%D%/stories-at-speed.t \
	%D%/stories-by-hand.t \
	%D%/trend-past-and-now.t
TESTS += $(plant_tests)
EXTRA_DIST += $(plant_tests)
