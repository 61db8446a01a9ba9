/* SPDX-License-Identifier: ISC */
#include "server/spoken.h"

#include <stdio.h>
#include <string.h>

/* "No flow", "No flow (suppressed: not P-101A.run)". */
static const char *
translated(const struct text *t, unsigned language, const char *recorded,
    char *room, size_t cap)
{
	const char *title = text_in(t, 0);
	size_t len = strlen(title);

	if (strncmp(title, recorded, len) != 0)
		return recorded;
	if (recorded[len] == '\0')
		return text_in(t, language);
	if (strncmp(recorded + len, " (", 2) != 0)
		return recorded;
	snprintf(room, cap, "%s%s", text_in(t, language), recorded + len);
	return room;
}

/* P-101A.start; NULL: it is no command, object is NONE or set. */
static const struct command *
command_named(const struct plant *p, const char *name, uint32_t *object)
{
	const char *dot = strchr(name, '.');
	char of[PLANT_NAME_MAX + 1];
	uint32_t k;

	*object = NONE;
	if (dot == NULL || (size_t)(dot - name) >= sizeof(of))
		return NULL;
	memcpy(of, name, (size_t)(dot - name));
	of[dot - name] = '\0';
	*object = plant_object(p, of);
	k = *object != NONE ? plant_command(p, *object, dot + 1) : NONE;
	return k != NONE ? &p->commands[k] : NULL;
}

const char *
spoken_title(const struct plant *p, unsigned language, const char *name,
    const char *recorded, char *room, size_t cap)
{
	const struct command *k;
	const struct text *t = NULL;
	uint32_t i;

	if (language == 0 || name == NULL || recorded == NULL)
		return recorded;
	i = plant_alarm(p, name);
	if (i != NONE)
		t = &p->alarms[i].title;
	else if ((k = command_named(p, name, &i)) != NULL)
		t = &k->title;
	else if ((i = plant_tag(p, name)) != NONE)
		t = &p->tags[i].title;
	return t != NULL ? translated(t, language, recorded, room, cap)
			 : recorded;
}

static const char *
spoken_text(const struct tag *t, unsigned language, const char *recorded)
{
	unsigned i;

	for (i = 0; i < t->n_texts; i++)
		if (strcmp(text_in(&t->texts[i], 0), recorded) == 0)
			return text_in(&t->texts[i], language);
	return recorded;
}

const char *
spoken_value(const struct plant *p, unsigned language, const char *name,
    const char *recorded)
{
	const struct object *o;
	uint32_t i;
	unsigned k;

	if (language == 0 || name == NULL || recorded == NULL)
		return recorded;
	i = plant_tag(p, name);
	if (i != NONE)
		return spoken_text(&p->tags[i], language, recorded);
	if (command_named(p, name, &i) == NULL)
		return recorded;
	o = &p->objects[i];
	for (k = 0; k < o->n_states; k++)
		if (strcmp(o->states[k].name, recorded) == 0)
			return text_in(&o->states[k].title, language);
	return recorded;
}
