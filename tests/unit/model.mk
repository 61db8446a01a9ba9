# SPDX-License-Identifier: ISC
# Unit tests of src/model.
if HAVE_CMOCKA
model_tests = tests/unit/model_alarm \
	tests/unit/model_alarm_table \
	tests/unit/model_bypass \
	tests/unit/model_calendar \
	tests/unit/model_counter \
	tests/unit/model_day_count \
	tests/unit/model_expr \
	tests/unit/model_inhibit \
	tests/unit/model_logging \
	tests/unit/model_name \
	tests/unit/model_number \
	tests/unit/model_plant \
	tests/unit/model_right \
	tests/unit/model_scale \
	tests/unit/model_value
check_PROGRAMS += $(model_tests)
TESTS += $(model_tests)
tests_unit_model_alarm_LDADD = $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_model_alarm_table_LDADD = $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_model_counter_LDADD = $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_model_day_count_LDADD = $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_model_bypass_LDADD = $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_model_calendar_LDADD = $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_model_expr_LDADD = $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_model_inhibit_LDADD = $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_model_logging_LDADD = $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_model_name_LDADD = $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_model_number_LDADD = $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_model_plant_LDADD = $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_model_right_LDADD = $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_model_scale_LDADD = $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_model_value_LDADD = $(MODEL_LIBS) $(CMOCKA_LIBS)
endif
