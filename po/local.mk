# SPDX-License-Identifier: ISC
# Translations: po/LANGUAGE.po, installed where gettext keeps them; programs in
# the build tree find them here (base/language.h).
CATALOGUES = %D%/de/LC_MESSAGES/sightglass.mo
localededir = $(localedir)/de/LC_MESSAGES
nodist_localede_DATA = %D%/de/LC_MESSAGES/sightglass.mo
EXTRA_DIST += %D%/de.po %D%/merge %D%/README.md
CLEANFILES += $(CATALOGUES)

%D%/de/LC_MESSAGES/sightglass.mo: %D%/de.po
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(MSGFMT) -c -o $@ $(srcdir)/po/de.po
