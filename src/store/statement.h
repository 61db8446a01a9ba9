/* SPDX-License-Identifier: ISC */
/* statement.h - every statement that the record thread and the loads run. */
#ifndef STORE_STATEMENT_H
#define STORE_STATEMENT_H

#define AUDIT_COLUMNS                                                          \
	"seq,time,mono_ms,user,station,\"from\",session,verb,name,old,new,"    \
	"reason,result,command"
#define AUDIT_CELLS 14		/* the columns above: all but the hash */
#define EVENT_COLUMNS                                                          \
	"seq,time,mono_ms,kind,area,name,text,user,station,old,new,result,"    \
	"occurrence,priority,value,cause,command,flags"
#define VALUE_COLUMNS "type,value,quality,cause,flags,time"
#define ALARM_COLUMNS                                                          \
	"name,state,active,occurrence,count,raised,acked,returned,acked_by,"   \
	"\"limit\",type,value,quality,cause,flags,time"

#define STATEMENTS(X)                                                          \
	X(BEGIN, "BEGIN IMMEDIATE")                                            \
	X(COMMIT, "COMMIT")                                                    \
	X(ROLLBACK, "ROLLBACK")                                                \
	X(GET_POSITION,                                                        \
	    "SELECT batch,audit_seq,audit_hash,event_seq,event_limit"          \
	    " FROM position")                                                  \
	X(SET_POSITION,                                                        \
	    "UPDATE position SET batch=?1,audit_seq=?2,audit_hash=?3,"         \
	    "event_seq=?4,event_limit=?5")                                     \
	X(ADD_AUDIT,                                                           \
	    "INSERT INTO audit(" AUDIT_COLUMNS ",hash)"                        \
	    " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")                          \
	X(ADD_OPEN, "INSERT INTO open_requests(command) VALUES(?)")            \
	X(REMOVE_OPEN, "DELETE FROM open_requests WHERE command=?")            \
	X(ADD_EVENT,                                                           \
	    "INSERT INTO events(" EVENT_COLUMNS ",announced)"                  \
	    " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")                  \
	X(PUT_ALARM,                                                           \
	    "INSERT OR REPLACE INTO alarms(" ALARM_COLUMNS ")"                 \
	    " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")                        \
	X(REMOVE_ALARM, "DELETE FROM alarms WHERE name=?")                     \
	X(ADD_INHIBITION,                                                      \
	    "INSERT INTO inhibitions(alarm,which,owner,reason,since,until)"    \
	    " VALUES(?,?,?,?,?,?)")                                            \
	X(REMOVE_INHIBITIONS, "DELETE FROM inhibitions WHERE alarm=?")         \
	X(PUT_VALUE,                                                           \
	    "INSERT OR REPLACE INTO tags(tag," VALUE_COLUMNS ")"               \
	    " VALUES(?,?,?,?,?,?,?)")                                          \
	X(REMOVE_VALUE, "DELETE FROM tags WHERE tag=?")                        \
	X(PUT_USER,                                                            \
	    "INSERT OR REPLACE INTO users(name,full_name,roles,language,"      \
	    "unix_name,password,locked,created,last_login)"                    \
	    " VALUES(?,?,?,?,?,?,?,?,?)")                                      \
	X(REMOVE_USER, "DELETE FROM users WHERE name=?")                       \
	X(PUT_KEY,                                                             \
	    "INSERT OR REPLACE INTO keys(user,fingerprint,line,added)"         \
	    " VALUES(?,?,?,?)")                                                \
	X(REMOVE_KEY, "DELETE FROM keys WHERE user=? AND fingerprint=?")       \
	X(REMOVE_USER_KEYS, "DELETE FROM keys WHERE user=?")                   \
	X(PUT_SESSION,                                                         \
	    "INSERT OR REPLACE INTO sessions(id,ticket,previous,user,station," \
	    "\"from\",\"key\",limits,screen,since)"                            \
	    " VALUES(?,?,?,?,?,?,?,?,?,?)")                                    \
	X(REMOVE_SESSION, "DELETE FROM sessions WHERE id=?")                   \
	X(REMOVE_USER_SESSIONS, "DELETE FROM sessions WHERE user=?")           \
	X(PUT_SETTING,                                                         \
	    "INSERT OR REPLACE INTO settings(\"key\",text) VALUES(?,?)")       \
	X(REMOVE_SETTING, "DELETE FROM settings WHERE \"key\"=?")              \
	X(PUT_OVERRIDE,                                                        \
	    "INSERT OR REPLACE INTO overrides(tag," VALUE_COLUMNS              \
	    ",user,station,reason,until) VALUES(?,?,?,?,?,?,?,?,?,?,?)")       \
	X(REMOVE_OVERRIDE, "DELETE FROM overrides WHERE tag=?")                \
	X(PUT_LOCKOUT,                                                         \
	    "INSERT OR REPLACE INTO lockouts(object,user,station,reason,"      \
	    "ticket,since) VALUES(?,?,?,?,?,?)")                               \
	X(REMOVE_LOCKOUT, "DELETE FROM lockouts WHERE object=? AND user=?")    \
	X(PUT_BYPASS,                                                          \
	    "INSERT OR REPLACE INTO bypasses(object,command,interlock,user,"   \
	    "station,reason,since,until) VALUES(?,?,?,?,?,?,?,?)")             \
	X(REMOVE_BYPASS,                                                       \
	    "DELETE FROM bypasses WHERE object=? AND command=?")               \
	X(LOAD_USERS,                                                          \
	    "SELECT name,full_name,roles,language,unix_name,password,locked,"  \
	    "created,last_login FROM users ORDER BY name")                     \
	X(LOAD_KEYS,                                                           \
	    "SELECT user,fingerprint,line,added FROM keys"                     \
	    " ORDER BY user,fingerprint")                                      \
	X(LOAD_SESSIONS,                                                       \
	    "SELECT id,ticket,previous,user,station,\"from\",\"key\",limits,"  \
	    "screen,since FROM sessions ORDER BY id")                          \
	X(LOAD_ALARMS,                                                         \
	    "SELECT " ALARM_COLUMNS " FROM alarms ORDER BY name")              \
	X(LOAD_ANNOUNCED,                                                      \
	    "SELECT time,area,name FROM events WHERE time>=?1 AND announced"   \
	    " ORDER BY seq")                                                   \
	X(ANNOUNCED_SINCE,                                                     \
	    "SELECT applied FROM schema WHERE version=5")                      \
	X(LOAD_INHIBITIONS,                                                    \
	    "SELECT which,owner,reason,since,until FROM inhibitions"           \
	    " WHERE alarm=?")                                                  \
	X(LOAD_VALUES,                                                         \
	    "SELECT tag," VALUE_COLUMNS " FROM tags ORDER BY tag")             \
	X(LOAD_SETTINGS,                                                       \
	    "SELECT \"key\",text FROM settings ORDER BY \"key\"")              \
	X(LOAD_OVERRIDES,                                                      \
	    "SELECT tag," VALUE_COLUMNS ",user,station,reason,until"           \
	    " FROM overrides ORDER BY tag")                                    \
	X(LOAD_LOCKOUTS,                                                       \
	    "SELECT object,user,station,reason,ticket,since FROM lockouts"     \
	    " ORDER BY object,since")                                          \
	X(LOAD_BYPASSES,                                                       \
	    "SELECT object,command,interlock,user,station,reason,since,until"  \
	    " FROM bypasses ORDER BY object,command")                          \
	X(LOAD_OPEN,                                                           \
	    "SELECT " AUDIT_COLUMNS ",hash FROM audit"                         \
	    " WHERE seq IN (SELECT command FROM open_requests) ORDER BY seq")  \
	X(READ_CHAIN,                                                          \
	    "SELECT " AUDIT_COLUMNS ",hash FROM audit WHERE seq>? ORDER BY seq" \
	    " LIMIT ?")

enum statement {
#define X(id, sql) STATEMENT_##id,
	STATEMENTS(X)
#undef X
	STATEMENT_COUNT
};

#endif
