# SPDX-License-Identifier: ISC
# Unit tests of src/sim.
if HAVE_CMOCKA
sim_tests = tests/unit/sim_codec tests/unit/sim_day \
	tests/unit/sim_loop tests/unit/sim_map tests/unit/sim_modbus \
	tests/unit/sim_order tests/unit/sim_pid tests/unit/sim_plc \
	tests/unit/sim_serial tests/unit/sim_server tests/unit/sim_wash \
	tests/unit/sim_works
check_PROGRAMS += $(sim_tests)
TESTS += $(sim_tests)
tests_unit_sim_codec_LDADD = $(SIM_LIBS) $(CMOCKA_LIBS)
sim_master = tests/unit/sim_master.c tests/unit/sim_master.h tests/unit/sim_fresh_master.h
sim_master_libs = src/sim/libsim.a $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_sim_day_SOURCES = tests/unit/sim_day.c $(sim_master)
tests_unit_sim_day_LDADD = $(sim_master_libs)
tests_unit_sim_loop_SOURCES = tests/unit/sim_loop.c $(sim_master)
tests_unit_sim_loop_LDADD = $(sim_master_libs)
tests_unit_sim_wash_SOURCES = tests/unit/sim_wash.c $(sim_master)
tests_unit_sim_wash_LDADD = $(sim_master_libs)
tests_unit_sim_map_LDADD = src/sim/libsim.a $(PROJECT_LIBS) $(CMOCKA_LIBS)
tests_unit_sim_modbus_SOURCES = tests/unit/sim_modbus.c tests/unit/sim_plant.h
tests_unit_sim_modbus_LDADD = $(SIM_LIBS) $(CMOCKA_LIBS)
tests_unit_sim_order_SOURCES = tests/unit/sim_order.c tests/unit/sim_plant.h
tests_unit_sim_order_LDADD = $(SIM_LIBS) $(CMOCKA_LIBS)
tests_unit_sim_pid_LDADD = $(SIM_LIBS) $(CMOCKA_LIBS)
tests_unit_sim_plc_SOURCES = tests/unit/sim_plc.c tests/unit/sim_plant.h
tests_unit_sim_plc_LDADD = $(SIM_LIBS) $(CMOCKA_LIBS)
tests_unit_sim_serial_SOURCES = tests/unit/sim_serial.c tests/unit/sim_plant.h
tests_unit_sim_serial_LDADD = $(SIM_LIBS) $(CMOCKA_LIBS)
tests_unit_sim_server_LDADD = $(SIM_LIBS) $(CMOCKA_LIBS)
tests_unit_sim_works_LDADD = $(SIM_LIBS) $(CMOCKA_LIBS)
endif
