#define _GNU_SOURCE
#include "CConfinement.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int cconfinement_memory_file(void) { return memfd_create("mail", MFD_CLOEXEC); }
int cconfinement_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

static int prepare(posix_spawn_file_actions_t *files, posix_spawnattr_t *attributes, int input, int output) {
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  int r = posix_spawn_file_actions_adddup2(files, input, 0);
  if (!r) r = posix_spawn_file_actions_adddup2(files, output, 1);
  if (!r) r = posix_spawn_file_actions_addopen(files, 2, "/dev/null", O_WRONLY, 0);
  if (!r) r = posix_spawn_file_actions_addclosefrom_np(files, 3);
  if (!r) r = posix_spawnattr_setsigdefault(attributes, &all);
  if (!r) r = posix_spawnattr_setsigmask(attributes, &none);
  if (!r) r = posix_spawnattr_setpgroup(attributes, 0);
  if (!r) r = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  return r;
}

int cconfinement_spawn(const char *program, char *const arguments[], char *const environment[], int input, int output, pid_t *child) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  int r = posix_spawn_file_actions_init(&files);
  if (r) return r;
  r = posix_spawnattr_init(&attributes);
  if (!r) {
    r = prepare(&files, &attributes, input, output);
    if (!r) r = posix_spawn(child, program, &files, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&files);
  return r;
}

static void limit(int resource, rlim_t most) {
  struct rlimit limits = {most, most};
  setrlimit(resource, &limits);
}

/* Files: reading below these folders, nothing else. */
static void confine_files(void) {
  struct landlock_ruleset_attr handled = {.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
  int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
  if (rules < 0) return;
  static const char *const readable[] = {"/usr", "/lib", "/lib64", "/etc/ld.so.cache"};
  for (size_t i = 0; i < sizeof readable / sizeof *readable; i++) {
    int folder = open(readable[i], O_PATH | O_CLOEXEC);
    if (folder < 0) continue;
    struct landlock_path_beneath_attr rule = {.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE, .parent_fd = folder};
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(folder);
  }
  syscall(SYS_landlock_restrict_self, rules, 0);
  close(rules);
}

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define ALLOW(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

/* System calls: memory, reading and writing, time, and the end. Everything else answers that it is not permitted. */
static void confine_calls(void) {
#ifdef ARCHITECTURE
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      ALLOW(read), ALLOW(readv), ALLOW(pread64), ALLOW(write), ALLOW(writev), ALLOW(lseek), ALLOW(close),
      /* To read only. */
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 4),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      ALLOW(newfstatat), ALLOW(fstat), ALLOW(statx), ALLOW(readlinkat), ALLOW(faccessat), ALLOW(getdents64),
      ALLOW(mmap), ALLOW(munmap), ALLOW(mremap), ALLOW(mprotect), ALLOW(madvise), ALLOW(brk), ALLOW(futex),
      ALLOW(rt_sigaction), ALLOW(rt_sigprocmask), ALLOW(rt_sigreturn), ALLOW(sigaltstack),
      ALLOW(getpid), ALLOW(gettid), ALLOW(clock_gettime), ALLOW(gettimeofday), ALLOW(getrandom), ALLOW(sched_yield),
      ALLOW(sched_getaffinity), ALLOW(getrlimit), ALLOW(getcwd), ALLOW(uname), ALLOW(sysinfo), ALLOW(rseq), ALLOW(restart_syscall),
#ifdef __x86_64__
      ALLOW(stat), ALLOW(lstat), ALLOW(access), ALLOW(readlink), ALLOW(time), ALLOW(arch_prctl),
#endif
      ALLOW(exit), ALLOW(exit_group),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
  };
  struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = filter};
  prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
#endif
}

void cconfinement_enter(struct cconfinement_limits limits) {
  limit(RLIMIT_AS, limits.memory);
  limit(RLIMIT_CPU, limits.seconds);
  limit(RLIMIT_NOFILE, limits.files);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CORE, 0);
  /* Means nothing for root; the filter below refuses new processes to everybody. */
  limit(RLIMIT_NPROC, 0);
  alarm(2 * limits.seconds);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return;
  confine_files();
  confine_calls();
}
