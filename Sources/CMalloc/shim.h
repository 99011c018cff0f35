#define _GNU_SOURCE
#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
