# SPDX-License-Identifier: ISC
# Unit tests of src/server.
if HAVE_CMOCKA
server_tests = tests/unit/server_allowance tests/unit/server_attempts tests/unit/server_auth \
	tests/unit/server_child tests/unit/server_commit \
	tests/unit/server_directory \
	tests/unit/server_confine tests/unit/server_fieldlink \
	tests/unit/server_publish tests/unit/server_station \
	tests/unit/server_timers tests/unit/server_trace \
	tests/unit/server_users
check_PROGRAMS += $(server_tests)
TESTS += $(server_tests)
server_test_libs = $(SERVER_LIBS) $(CMOCKA_LIBS)
tests_unit_server_allowance_LDADD = $(server_test_libs)
tests_unit_server_attempts_LDADD = $(server_test_libs)
tests_unit_server_auth_LDADD = $(server_test_libs)
tests_unit_server_child_LDADD = $(server_test_libs)
tests_unit_server_commit_LDADD = $(server_test_libs)
tests_unit_server_directory_LDADD = $(server_test_libs)
tests_unit_server_confine_LDADD = $(server_test_libs)
tests_unit_server_fieldlink_LDADD = $(server_test_libs)
tests_unit_server_publish_LDADD = $(server_test_libs)
tests_unit_server_station_LDADD = $(server_test_libs)
tests_unit_server_timers_LDADD = $(server_test_libs)
tests_unit_server_trace_LDADD = $(server_test_libs)
tests_unit_server_users_LDADD = $(server_test_libs)
endif
