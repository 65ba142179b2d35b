// SPDX-License-Identifier: Apache-2.0
/*
 * Stands between a process and the kernel (LD_PRELOAD) and counts the calls that change something outside the
 * process: writes to files, syncs, names of files, and what is sent to a terminal, socket or pipe. All threads share
 * one count and one lock, so the count is one order of events and the log is that order.
 *
 *   CALL_SHIM_LOG   file that gets a record of every counted call, appended (struct record, path, bytes)
 *   CALL_SHIM_ON    classes counted: w(rite) s(ync) n(ame) t(alk); all when absent
 *   CALL_SHIM_PATH  counts only calls on files whose path holds this text
 *   CALL_SHIM_AT    number of the call, from 1, that CALL_SHIM_ACT happens to
 *   CALL_SHIM_ACT   kill: SIGKILL before the call; tear: SIGKILL after half of its bytes; a number: the call
 *                   fails with this errno
 */
#define _GNU_SOURCE
#include "call_shim.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum operation { WRITE = 1, TRUNCATE, SYNC, CREATE, RENAME, LINK, UNLINK, TALK };

struct record {
    uint32_t operation;
    int32_t error; /* errno of the call, 0 when it worked */
    uint64_t inode;
    uint64_t offset; /* of WRITE; new length for TRUNCATE */
    uint32_t path_length, data_length;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_descriptor = -1;
static const char *classes = "wsnt", *wanted_path, *act;
static long long count, at = -1;

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv(CALL_SHIM_LOG), *on = getenv(CALL_SHIM_ON), *number = getenv(CALL_SHIM_AT);
    if (log) log_descriptor = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (on) classes = on;
    wanted_path = getenv(CALL_SHIM_PATH);
    act = getenv(CALL_SHIM_ACT);
    if (act && number) at = atoll(number);
}

static void die(void) {
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
}

/* Whether this call is counted; takes the lock if so. */
static int enter(char kind, const char *path) {
    if (!strchr(classes, kind) || (wanted_path && !strstr(path, wanted_path))) return 0;
    pthread_mutex_lock(&lock);
    count++;
    return 1;
}

/* What happens to the call just counted: 0, an errno, or death. `*length` is cut to what a torn call sends. */
static int fate(size_t *length) {
    if (count != at) return 0;
    if (strcmp(act, "kill") == 0) die();
    if (strcmp(act, "tear") != 0) return atoi(act);
    if (*length < 2) die();
    *length /= 2;
    return 0;
}

static void note(enum operation operation, int error, uint64_t inode, uint64_t offset, const char *path,
                 const void *data, size_t length) {
    if (log_descriptor < 0) return;
    struct record record = {operation, error, inode, offset, (uint32_t)strlen(path), (uint32_t)length};
    struct iovec parts[] = {
        {&record, sizeof record}, {(void *)path, record.path_length}, {(void *)data, record.data_length}};
    if (syscall(SYS_writev, log_descriptor, parts, 3) < 0) die();
}

/* Leaves with the call's result and errno; a torn call does not leave. */
static ssize_t leave(ssize_t result, int error) {
    int isTorn = count == at && strcmp(act, "tear") == 0;
    if (isTorn) die();
    pthread_mutex_unlock(&lock);
    errno = error;
    return result;
}

static const char *path_of(int descriptor, char *buffer, size_t size) {
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(name, buffer, size - 1);
    buffer[length < 0 ? 0 : length] = 0;
    return buffer;
}

/* w for a file, t for what talks to somebody, 0 for the rest (event counters, timers, random). */
static char kind_of(int descriptor, struct stat *status) {
    if (fstat(descriptor, status) != 0) return 0;
    switch (status->st_mode & S_IFMT) {
    case S_IFREG: case S_IFDIR: return 'w';
    case S_IFSOCK: case S_IFIFO: case S_IFCHR: return 't';
    default: return 0;
    }
}

/* All the ways to send bytes. `offset` is -1 for the descriptor's own place. */
static ssize_t put(int descriptor, const struct iovec *parts, int part_count, off_t offset, int flags,
                   const struct msghdr *message) {
    struct stat status;
    int saved = errno;
    char buffer[4096], kind = kind_of(descriptor, &status);
    const char *path = kind ? path_of(descriptor, buffer, sizeof buffer) : "";
    errno = saved;
    int counted = kind && enter(kind, path);
    size_t length = 0;
    for (int i = 0; i < part_count; i++) length += parts[i].iov_len;
    char *bytes = NULL;
    struct iovec one = {NULL, length};
    if (counted) {
        int error = fate(&one.iov_len);
        if (error) {
            note(kind == 'w' ? WRITE : TALK, error, status.st_ino, offset < 0 ? 0 : (uint64_t)offset, path, "", 0);
            return leave(-1, error);
        }
        size_t done = 0;
        if (!(bytes = malloc(length + 1))) die();
        for (int i = 0; i < part_count; i++) {
            memcpy(bytes + done, parts[i].iov_base, parts[i].iov_len);
            done += parts[i].iov_len;
        }
        one.iov_base = bytes;
        parts = &one;
        part_count = 1;
        if (kind == 'w' && offset < 0) {
            int isAppending = fcntl(descriptor, F_GETFL) & O_APPEND;
            saved = isAppending ? status.st_size : lseek(descriptor, 0, SEEK_CUR);
            status.st_size = saved;
        } else if (offset >= 0) status.st_size = offset;
    }
    ssize_t result;
    if (message) {
        struct msghdr copy = *message;
        copy.msg_iov = (struct iovec *)parts;
        copy.msg_iovlen = (size_t)part_count;
        result = syscall(SYS_sendmsg, descriptor, &copy, flags);
    } else if (offset >= 0)
        result = syscall(SYS_pwritev, descriptor, parts, part_count, offset, 0L);
    else
        result = syscall(SYS_writev, descriptor, parts, part_count);
    if (!counted) return result;
    int error = result < 0 ? errno : 0;
    note(kind == 'w' ? WRITE : TALK, error, status.st_ino, kind == 'w' ? (uint64_t)status.st_size : 0, path, bytes,
         kind == 'w' && result > 0 ? (size_t)result : 0);
    free(bytes);
    return leave(result, error);
}

ssize_t write(int descriptor, const void *data, size_t length) {
    struct iovec part = {(void *)data, length};
    return put(descriptor, &part, 1, -1, 0, NULL);
}
ssize_t writev(int descriptor, const struct iovec *parts, int count_) {
    return put(descriptor, parts, count_, -1, 0, NULL);
}
ssize_t pwrite(int descriptor, const void *data, size_t length, off_t offset) {
    struct iovec part = {(void *)data, length};
    return put(descriptor, &part, 1, offset, 0, NULL);
}
ssize_t pwrite64(int descriptor, const void *data, size_t length, off64_t offset) {
    return pwrite(descriptor, data, length, offset);
}
ssize_t sendmsg(int descriptor, const struct msghdr *message, int flags) {
    return put(descriptor, message->msg_iov, (int)message->msg_iovlen, -1, flags, message);
}
ssize_t sendto(int descriptor, const void *data, size_t length, int flags, const struct sockaddr *to, socklen_t size) {
    struct iovec part = {(void *)data, length};
    struct msghdr message = {.msg_name = (void *)to, .msg_namelen = size, .msg_iov = &part, .msg_iovlen = 1};
    return sendmsg(descriptor, &message, flags);
}
ssize_t send(int descriptor, const void *data, size_t length, int flags) {
    return sendto(descriptor, data, length, flags, NULL, 0);
}

/* A call on an open file that moves no bytes. */
static int change(int descriptor, char kind, enum operation operation, long number, off_t length) {
    struct stat status;
    char buffer[4096];
    size_t nothing = 0;
    int counted = fstat(descriptor, &status) == 0 && enter(kind, path_of(descriptor, buffer, sizeof buffer));
    int error = counted ? fate(&nothing) : 0, result = -1;
    if (!error) {
        result = (int)syscall(number, descriptor, length);
        error = result < 0 ? errno : 0;
    }
    if (!counted) return result;
    note(operation, error, status.st_ino, (uint64_t)length, buffer, "", 0);
    return (int)leave(result, error);
}

int fsync(int descriptor) { return change(descriptor, 's', SYNC, SYS_fsync, 0); }
int fdatasync(int descriptor) { return change(descriptor, 's', SYNC, SYS_fdatasync, 0); }
int ftruncate(int descriptor, off_t length) { return change(descriptor, 'w', TRUNCATE, SYS_ftruncate, length); }
int ftruncate64(int descriptor, off64_t length) { return ftruncate(descriptor, length); }

/* Path as the log tells it: absolute. */
static const char *whole(const char *path, char *buffer, size_t size) {
    char folder[2048];
    if (path[0] == '/' || !getcwd(folder, sizeof folder)) return path;
    snprintf(buffer, size, "%s/%s", folder, path);
    return buffer;
}

static int name(enum operation operation, const char *from, const char *to, int (*call)(const char *, const char *)) {
    char one[4096], two[4096];
    size_t nothing = 0;
    const char *subject = whole(from, one, sizeof one), *object = to ? whole(to, two, sizeof two) : "";
    if (!enter('n', to && wanted_path && strstr(object, wanted_path) ? object : subject)) return call(from, to);
    struct stat status = {0};
    if (operation != CREATE) lstat(subject, &status);
    int error = fate(&nothing), result = -1;
    if (!error) {
        result = call(from, to);
        error = result < 0 ? errno : 0;
    }
    if (!error && operation == CREATE) fstat(result, &status);
    note(operation, error, status.st_ino, 0, subject, object, strlen(object));
    return (int)leave(result, error);
}

static int do_rename(const char *from, const char *to) {
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}
static int do_link(const char *from, const char *to) { return (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0); }
static int do_unlink(const char *from, const char *to) {
    (void)to;
    return (int)syscall(SYS_unlinkat, AT_FDCWD, from, 0);
}
int rename(const char *from, const char *to) { return name(RENAME, from, to, do_rename); }
int link(const char *from, const char *to) { return name(LINK, from, to, do_link); }
int unlink(const char *path) { return name(UNLINK, path, NULL, do_unlink); }

/* Opening counts only where it makes a new name. */
static __thread int open_flags, open_mode;
static int do_open(const char *path, const char *to) {
    (void)to;
    return (int)syscall(SYS_openat, AT_FDCWD, path, open_flags, open_mode);
}
int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    open_mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0;
    va_end(rest);
    open_flags = flags;
    int makes = flags & O_CREAT && syscall(SYS_faccessat, AT_FDCWD, path, F_OK, 0) != 0;
    return makes ? name(CREATE, path, NULL, do_open) : do_open(path, NULL);
}
int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0;
    va_end(rest);
    return open(path, flags, mode);
}
