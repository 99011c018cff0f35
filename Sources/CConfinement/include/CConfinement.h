#ifndef CCONFINEMENT_H
#define CCONFINEMENT_H
#include <stddef.h>
#include <sys/types.h>

/* A file without a name, in memory; a descriptor that no program inherits, or -1. */
int cconfinement_memory_file(void);
/* Two ends that no program inherits; 0, or -1. */
int cconfinement_pipe(int ends[2]);

/* Starts a program that inherits no descriptor but `input` as 0, `output` as 1 and /dev/null as 2, in a process group of its own and with
   no signal blocked or ignored. Returns 0, or what went wrong (errno). */
int cconfinement_spawn(const char *program, char *const arguments[], char *const environment[], int input, int output, pid_t *child);

struct cconfinement_limits {
  /* Of address space, in bytes. */
  size_t memory;
  /* Of the processor; twice as many on the clock. */
  unsigned seconds;
  /* Descriptors. */
  unsigned files;
};

/* From here on the process reads and writes what it has open, reads the system's libraries, and computes for a while: no new process or
   program, no connection, no file to write, no file but those in /usr and /lib*. What the kernel does not offer is left out. */
void cconfinement_enter(struct cconfinement_limits limits);
#endif
