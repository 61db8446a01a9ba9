| Übersicht …  NUR SEHEN   NICHT GESP.   F 3  olga/operator  ♡ 0/1 SPS  13:34:56 |
:uTTTTTTTTTTTuVVVVVVVVVVVuNNNNNNNNNNNNNuFFFFFuuuuuuuuuuuuuuuuuuXXXXXXXXXXXXXXXXXu:
|■1 UNQ  13:33:56 LT-501.HH        Very high                        5.93 m (5.7) |
:11......llllllll..............................................vvvvvvvvvvvvvvvvv.:
|▲2 UNQ  13:32:56 P-101B.FAIL      Pump tripped                          +4 mehr |
:22......llllllll.....................................vvvvvvvvvvvvvvvvv.nnnnnnnnn:
| ┌Tagesmenge─┐┌ kWh/m3 ───┐┌ Chlor ──▽3┐┌ Trübung ▼3┐┌Reicht noch┐┌Neue Alarme┐ |
:.sllllllllllsssllllllllssssslllllllss33sslllllllll33sslllllllllllssllllllllllls.:
| │   ≈8412 m3││      ◌0.41││  0.60 mg/l││  ◌1.23 NTU││      0.0 h││  37 /10min│ |
:.sUUU?UUUU.llssUUUUUU?UUUUssvvvvvv.llllssUU?UUUU.lllssvvvvvvvvv.lssvvvv.lllllls.:
| │├░░░░░░░▲░┤││├?░░░░░░░░┤││├─░▲░░────┤││├?░░░░░░░░┤││├▲░░░░░░░░┤││├░░░░░───▲┤│ |
:.sssssssssvsssss?ssssssssssssssvssssssssss?ssssssssssssvssssssssssssssssssssvss.:
| └───────────┘└───────────┘└ 0.2..1.2 ─┘└ max ? ────┘└ ▼L < 3────┘└ ▲H > 10───┘ |
:.sssssssssssssssssssssssssssllllllllllssslllllllssssssxxxxxxxssssssxxxxxxxxssss.:
| ── Einlauf ──────── ▲2 P-101B.FAIL +3   ── Reinwasser ───── ■1 LT-501.HH +7    |
:.ss.lllllll.ssssssss.22..................ss.llllllllll.sssss.11.................:
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
|   ◗ V-101   LÄUFT                                                              |
:...P.lslll...PPPPPPPP...........................................................:
| ── Stadt ─────────────────────────────  ── Werk ────────────────────────────── |
:.ss.lllll.sssssssssssssssssssssssssssss..ss.llll.ssssssssssssssssssssssssssssss.:
| Druck       PIC-501   ◌4.97 bar  □1 LL  Art  ?3       Netz  FEHLT  SPS STOPP   |
:.lllll.......lllslll.UU?UUUU.lll..11.....lll..pppppppp.llll..vvvvvv.lll.vvvvvv..:
| ├?──────────────░░░░░░░░░───────────◇┤  Leistung      F512.3 kW   System OK    |
:.s?ssssssssssssssssssssssssssssssssssps..llllllll....UUFUUUUU.ll...llllll.lllll.:
| Abgabe      FT-501     ≈--- m3/h ▼3 HH  Filter            30 von 4 s4          |
:.llllll......llslll..UUU?UUU.llll.33.....llllll......vvvvvvvv.lll.l.hh..........:
| ├────░░░░░░░░░░░░░░░░░░░░░░░░░░░░───▲┤  Klärer         15.00 NTU               |
:.ssssssssssssssssssssssssssssssssssssvs..llllll......vvvvvvvv.lll...............:
|                                                                                |
:mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm:
|? Hilfe  o Übers  A Alarme  a Quitt  e Ereig  w Stellen  m Menü  q Zurück       |
:kllllllllkllllllllklllllllllKlKKKKKllkllllllllKlKKKKKKKllklllllllkllllllllllllll:
