#pragma once
#include <sqlite3.h>
#include <sys/sysmacros.h>
/* sqlite3_db_config is variadic, which Swift cannot call. */
static inline int mintmark_db_config_bool(sqlite3 *db, int option, int on) {
    return sqlite3_db_config(db, option, on, (int *)0);
}
/* <unistd.h> shows it only to those who define _GNU_SOURCE. */
extern int syncfs(int descriptor);
static inline int mintmark_syncfs(int descriptor) { return syncfs(descriptor); }

/* Macros of <sys/sysmacros.h>, which Swift does not see. */
static inline unsigned int mintmark_major(unsigned long device) { return major(device); }
static inline unsigned int mintmark_minor(unsigned long device) { return minor(device); }
