| Übersicht …  NUR SEHEN   NICHT GESP.   F 3  olga/operator  ♡ 0/1 SPS  13:34:56 |
:uTTTTTTTTTTTuVVVVVVVVVVVuNNNNNNNNNNNNNuFFFFFuuuuuuuuuuuuuuuuuuXXXXXXXXXXXXXXXXXu:
|■1 UNQ  13:33:56 LT-501.HH        Very high                        5.93 m (5.7) |
:11......llllllll..............................................vvvvvvvvvvvvvvvvv.:
|▲2 UNQ  13:32:56 P-101B.FAIL      Pump tripped                          +4 mehr |
:22......llllllll..............................................vvvvvvvvvnnnnnnnnn:
| ── Intake ───────── ▲2 P-101B.FAIL +3   ── Clear water ──── ■1 LT-501.HH +7    |
:.ss.llllll.sssssssss.22..................ss.lllll.lllll.ssss.11.................:
| Sump        LT-101     0.95 m    ▼3 LL  Tank        LT-501    ≈6.35 m    ■1 HH |
:.llll........llslll..vvvvvvv.l....33.....llll........llslll..UU?UUUU.l....11....:
| ├────────▲────░░░░░░░░░░░░░░░░░░░────┤  ├──────░░░░░░░░░░░░░░░░░░░░░░░░░────▲┤ |
:.sssssssssvssssssssssssssssssssssssssss..ssssssssssssssssssssssssssssssssssssvs.:
| Raw water   FT-101      ~-3 m3/h        Lasts, no inflow        0.0 h          |
:.lll.lllll...llslll..UUUU?UU.llll........llllll.ll.llllll....vvvvvvv.l..........:
| ├?───░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░──┤  Differs     LT-502    ≈0.41 m    ▼3 H  |
:.s?ssssssssssssssssssssssssssssssssssss..lllllll.....llslll..UU?UUUU.l....33....:
|┌── D-501.sp  Dosis-Sollwert ─────────────────────────────────────────────────┐ |
:ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd.:
|│ jetzt    30.00 mg/l  (gut)                                                  │ |
:ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd.:
|│ neu      [              ] erlaubt 0.2 .. 1.2 mg/l, höchstens 0.3 auf einmal │ |
:ddddddddddddiiiiiiiiiiiiiiddddddddddddddddddddddddddddddddddddddddddddddddddddd.:
|│ nochmals [              ]                                                   │ |
:ddddddddddddiiiiiiiiiiiiiiddddddddddddddddddddddddddddddddddddddddddddddddddddd.:
|│ Grund    [                                        ]                         │ |
:ddddddddddddiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiddddddddddddddddddddddddddd.:
|│ Enter senden   Tab nächstes Feld   Esc abbrechen                            │ |
:ddkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkddddddddddddddddddddddddddddd.:
|│                                                                             │ |
:ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd.:
|└─────────────────────────────────────────────────────────────────────────────┘ |
:ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd.:
| To town     FT-501     ≈--- m3/h ▼3 HH  Turbidity   AT-502   ◌1.234 NTU  ▼3 H  |
:.ll.llll.....llslll..UUU?UUU.llll.33.....lllllllll...llslll..U?UUUUU.lll..33....:
| ├────░░░░░░░░░░░░░░░░░░░░░░░░░░░░───▲┤  ├?░░░░───────────────────────────────┤ |
:.ssssssssssssssssssssssssssssssssssssvs..s?ssssssssssssssssssssssssssssssssssss.:
|                                                                                |
:................................................................................:
| ── Works ───────────────────────────────────────────────────────────────────── |
:.ss.lllll.sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss.:
| Mode ?3        Mains AWAY   PLC STOP    Filters s4        Clarif.              |
:.llll.pppppppp..lllll.vvvvvv.lll.vvvvvv..lllllll.hh........lllllll..............:
| Power  F512.3 kW    30.000 kWh/m3       System                                 |
:.lllll.UFUUUUU.ll..vvvvvvvv.llllll.......llllll.................................:
|                                                                                |
:mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm:
|? Hilfe  o Übers  A Alarme  a Quitt  e Ereig  w Stellen  m Menü  q Zurück       |
:kllllllllkllllllllklllllllllKlKKKKKllkllllllllKlKKKKKKKllklllllllkllllllllllllll:
