| Übersicht …  NUR SEHEN   NICHT GESP.   F 3  olga/operator  ♡ 0/1 SPS  13:34:56 |
:uTTTTTTTTTTTuVVVVVVVVVVVuNNNNNNNNNNNNNuFFFFFuuuuuuuuuuuuuuuuuuXXXXXXXXXXXXXXXXXu:
|■1 UNQ  13:33:56 LT-501.HH        Very high                        5.93 m (5.7) |
:11......llllllll..............................................vvvvvvvvvvvvvvvvv.:
|▲2 UNQ  13:32:56 P-101B.FAIL      Pump tripped                          +4 mehr |
:22......llllllll..............................................vvvvvvvvvnnnnnnnnn:
| ── Einlauf ──────── ▲2 P-101B.FAIL +3   ── Reinwasser ───── ■1 LT-501.HH +7    |
:.ss.lllllll.ssssssss.22..................ss.llllllllll.sssss.11.................:
| Vorlage     LT-101     0.95 m    ▼3 LL  Behälter    LT-501    ≈6.35 m    ■1 HH |
:.lllllll.....llslll..vvvvvvv.l....33.....llllllll....llslll..UU?UUUU.l....11....:
| ├────────▲────░░░░░░░░░░░░░░░░░░░────┤  ├──────░░░░░░░░░░░░░░░░░░░░░░░░░────▲┤ |
:.sssssssssvssssssssssssssssssssssssssss..ssssssssssssssssssssssssssssssssssssvs.:
| Rohwasser   FT-101      ~-3 m3/h        Reicht noch             0.0 h          |
:.lllllllll...llslll..UUUU?UU.llll........llllll.llll.........vvvvvvv.l..........:
| ├?───░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░──┤  Abweich.    LT-502    ≈0.41 m    ▼3 H  |
:.s?ssssssssssssssssssssssssssssssssssss..llllllll....llslll..UU?UUUU.l....33....:
| Trü┌── P-101A.sp  Drehzahl-Sollwert ─────────────────────────────────────┐     |
:.lllddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd.....:
|   ●│ jetzt 30 %  (gut)                                                   │     |
:...rddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd.....:
|   ✕│ neu   [              ] erlaubt 20 .. 100 %, höchstens 25 auf einmal │     |
:...xdddddddddiiiiiiiiiiiiiidddddddddddddddddddddddddddddddddddddddddddddddd.....:
|   ◌│                                                                     │     |
:...?ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd.....:
|   ◗│ Grund [                                        ]                    │     |
:...Pdddddddddiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiidddddddddddddddddddddd.....:
| ── │ Enter senden   Tab nächstes Feld   Esc abbrechen                    │──── |
:.ss.ddkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkdddddddddddddddddddddssss.:
| Dru│                                                                     │3 L  |
:.lllddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd3....:
| ├?─└─────────────────────────────────────────────────────────────────────┘───┤ |
:.s?sdddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddssss.:
| Abgabe      FT-501     ≈--- m3/h ▼3 HH  Trübung     AT-502   ◌1.234 NTU  ▼3 H  |
:.llllll......llslll..UUU?UUU.llll.33.....lllllll.....llslll..U?UUUUU.lll..33....:
| ├────░░░░░░░░░░░░░░░░░░░░░░░░░░░░───▲┤  ├?░░░░───────────────────────────────┤ |
:.ssssssssssssssssssssssssssssssssssssvs..s?ssssssssssssssssssssssssssssssssssss.:
|                                                                                |
:................................................................................:
| ── Werk ────────────────────────────────────────────────────────────────────── |
:.ss.llll.ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss.:
| Art  ?3        Netz  AWAY   SPS STOP    Filter  s4        Klärer               |
:.lll..pppppppp..llll..vvvvvv.lll.vvvvvv..llllll..hh........llllll...............:
| Leist  F512.3 kW    30.000 kWh/m3       System                                 |
:.lllll.UFUUUUU.ll..vvvvvvvv.llllll.......llllll.................................:
|                                                                                |
:mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm:
|? Hilfe  o Übers  A Alarme  a Quitt  e Ereig  w Stellen  m Menü  q Zurück       |
:kllllllllkllllllllklllllllllKlKKKKKllkllllllllKlKKKKKKKllklllllllkllllllllllllll:
