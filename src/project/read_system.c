/* SPDX-License-Identifier: ISC */
/* read_system.c - the server's own alarms: what it says of them itself, and
 * what alarms.conf says instead. */
#include <string.h>

#include "project/reader.h"

static const struct {
	uint8_t priority;
	const char *title[2], *cause[2], *action[2];	/* "en", "de" */
} usual[OWN_ALARMS] = {
	[OWN_COMM] = { 3, { "No answer", "Keine Antwort" },
	    { "Power, cable, network or the device itself",
		"Strom, Kabel, Netz oder das Gerät selbst" },
	    { "Its values are old: watch the plant on the spot; have power and "
	      "network of the device looked at",
		"Seine Werte sind alt: Anlage vor Ort beobachten; Strom und "
		"Netz des Geräts prüfen lassen" } },
	[OWN_STORE] = { 2,
	    { "Nothing is recorded", "Es wird nichts aufgezeichnet" },
	    { "The server's disk is full, slow or broken",
		"Die Platte des Servers ist voll, langsam oder defekt" },
	    { "Only stopping is possible now; call whoever runs the server",
		"Nur Abschalten ist jetzt möglich; Betreuer des Servers "
		"rufen" } },
	[OWN_RESTART] = { 4,
	    { "A part of the server keeps failing",
		"Ein Teil des Servers fällt immer wieder aus" },
	    { "", "" },
	    { "If values or logins are missing watch the plant on the spot; "
	      "call whoever runs the server",
		"Wenn Werte oder Anmeldungen fehlen, Anlage vor Ort "
		"beobachten; Betreuer des Servers rufen" } },
	[OWN_DISAGREE] = { 2,
	    { "Command not achieved", "Befehl nicht ausgeführt" },
	    { "Local switch, power, protection, or a feedback that does not "
	      "come",
		"Vor-Ort-Schalter, Strom, Schutz oder fehlende Rückmeldung" },
	    { "Look at the equipment: it does not do what it was told",
		"Anlage ansehen: sie tut nicht, was befohlen wurde" } },
	[OWN_BYPASS] = { 3,
	    { "Interlock bypassed", "Verriegelung überbrückt" },
	    { "Somebody lets a command go although its interlock refuses it",
		"Jemand lässt einen Befehl zu, den die Verriegelung "
		"verweigert" },
	    { "Watch the equipment; end the bypass as soon as it can be",
		"Anlage beobachten; Überbrückung so bald wie möglich "
		"beenden" } },
	[OWN_DISK] = { 3,
	    { "The server's disk is nearly full",
		"Die Platte des Servers ist fast voll" },
	    { "History, backups or former states that nobody took away",
		"Archiv, Sicherungen oder alte Stände, die niemand entfernt "
		"hat" },
	    { "Call whoever runs the server: when it is full nothing is "
	      "recorded, and only stopping is possible",
		"Betreuer des Servers rufen: ist sie voll, wird nichts mehr "
		"aufgezeichnet und nur noch Abschalten ist möglich" } }
};

const char *
own_alarm_name(enum own_alarm which)
{
	return schema_system.keys[SYSTEM_NAME].words[which];
}

/* What the project says, else what the server does in the languages that it
 * has itself. */
static struct text
text_of(struct reader *r, const struct cell *c, const char *const in[2])
{
	static const char *const languages[] = { "en", "de" };
	struct text t = { { NULL } };
	unsigned i, j;

	if (cell_is_set(c))
		return cell_title(r, c, "");
	for (i = 0; i < r->g.n_languages; i++)
		for (j = 0; j < 2; j++)
			if (strcmp(languages[j], r->g.languages[i]) == 0)
				t.in[i] = in[j];
	if (t.in[0] == NULL)
		t.in[0] = in[0];
	return t;
}

/* Without a row: all of it as usual. */
static void
take(struct reader *r, enum own_alarm which, const struct item *x)
{
	static const struct cell none = { 0 };
	const struct cell *number = x ? &x->cells[SYSTEM_PRIORITY] : &none;
	struct own *own = &r->system[which];

	own->priority = usual[which].priority;
	if (cell_is_set(number) &&
	    priority_is_known(r, number->integer, number->at))
		own->priority = (uint8_t)number->integer;
	own->class = class_of(r, x ? &x->cells[SYSTEM_CLASS] : &none);
	own->title = text_of(
	    r, x ? &x->cells[SYSTEM_TITLE] : &none, usual[which].title);
	own->cause = text_of(
	    r, x ? &x->cells[SYSTEM_CAUSE] : &none, usual[which].cause);
	own->action = text_of(
	    r, x ? &x->cells[SYSTEM_ACTION] : &none, usual[which].action);
}

void
system_read(struct reader *r, const struct cell *c)
{
	bool seen[OWN_ALARMS] = { false };
	const struct item *x;
	int64_t which;
	uint32_t i;

	for (i = 0; i < OWN_ALARMS; i++)
		take(r, (enum own_alarm)i, NULL);
	for (i = 0; cell_is_set(c) && i < c->items.n; i++) {
		x = c->items.at[i];
		if (!x->whole)
			continue;
		which = x->cells[SYSTEM_NAME].integer;
		if (seen[which])
			report_error(r->report, x->at,
			    "system alarm %s is already defined",
			    own_alarm_name((enum own_alarm)which));
		seen[which] = true;
		take(r, (enum own_alarm)which, x);
	}
}

uint32_t
alarm_add_system(struct reader *r, const char *owner, enum own_alarm which,
    uint32_t area)
{
	const struct own *own = &r->system[which];
	struct alarm_def d = { .of = NONE, .object = NONE,
		.folded_by = NONE, .kind = ALARM_SYSTEM, .area = area,
		.priority = own->priority,
		.class = own->class,
		.title = own->title,
		.cause = own->cause,
		.action = own->action };

	d.name = arena_printf(
	    r->arena, "%s.%s", owner, own_alarm_name(which));
	vec_push(&r->all_alarms, d);
	return (uint32_t)r->all_alarms.n - 1;
}
