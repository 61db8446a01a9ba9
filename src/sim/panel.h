/* SPDX-License-Identifier: ISC */
/*
 * panel.h - a field panel in the terminal: what one does in the plant itself.
 *
 * It is a client of the simulator's control socket: once a second it asks for
 * the board (board.h) and shows it; a key is an order. One process, one loop.
 */
#ifndef SIM_PANEL_H
#define SIM_PANEL_H

/* Until q, or the end of terminal or simulator; an exit status. */
int panel_run(const char *path);

#endif
