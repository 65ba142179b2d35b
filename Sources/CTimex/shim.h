#pragma once
/* In no module of Glibc. */
#include <sys/timex.h>
