#!/bin/sh
# SPDX-License-Identifier: ISC
# The program's texts: everything that people read is marked for translation,
# and every translation is complete.
. "$SG_SRC/tests/lib/tap.sh"
if ! command -v xgettext >/dev/null; then
	skip_all 'gettext is not installed'
fi
cd "$SG_SRC" || exit 99
plan 4

marked='--keyword=_ --keyword=N_ --keyword=ngettext:1,2'
sources=$(grep -l 'base/language.h' src/*/*.[ch] | sort)
# shellcheck disable=SC2086
xgettext --from-code=UTF-8 $marked -o "$dir/all.pot" $sources 2>"$dir/err"

# complete FILE: no text is missing, none is fuzzy, none is left over.
complete() {
	msgcmp --use-untranslated "$1" "$dir/all.pot" 2>"$dir/cmp" || {
		note "$(cat "$dir/cmp")"
		return 1
	}
	undone=$(msgattrib --untranslated --no-obsolete "$1" | grep '^msgid')
	undone=$undone$(msgattrib --fuzzy --no-obsolete "$1" | grep '^msgid')
	undone=$undone$(grep '^#~' "$1")
	msgcomm --unique -o "$dir/left" "$1" "$dir/all.pot" 2>"$dir/err"
	undone=$undone$(grep '^msgid' "$dir/left" 2>/dev/null)
	[ -z "$undone" ] || { note "$undone"; return 1; }
}
ok 'every text is in German, and no other text' complete po/de.po
ok 'and the translation is well formed' \
	msgfmt -c -o /dev/null po/de.po

# What looks like a sentence or a title in the console and is not marked. Not
# for people who read screens: usage, names of the environment, protocol.
unmarked() {
	for file in src/console/*.c src/term/*.c; do
		xgettext --from-code=UTF-8 -a --no-wrap -o - "$file" \
			2>/dev/null | sed -n 's/^msgid "\(.*\)"$/\1/p' |
			grep -E '[a-z]{3,} [a-z]{2,}|^ ?[A-Z][a-z]{3,}' |
			sort -u >"$dir/said"
		# shellcheck disable=SC2086
		xgettext --from-code=UTF-8 $marked --no-wrap -o - "$file" \
			2>/dev/null | sed -n 's/^msgid "\(.*\)"$/\1/p
				s/^msgid_plural "\(.*\)"$/\1/p' |
			sort -u >"$dir/marked"
		comm -23 "$dir/said" "$dir/marked" | sed "s,^,$file: ,"
	done | grep -vFx -f "$SG_SRC/tests/house/texts.unmarked"
}
left=$(unmarked)
is "$left" '' 'whatever the console says to people is marked'

for word in $(sed 's/:.*//' "$SG_SRC/tests/house/texts.unmarked" | sort -u); do
	[ -f "$word" ] || { fail "$word is gone"; exit; }
done
pass 'the exceptions are of files that exist'
