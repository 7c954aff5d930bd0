// SPDX-License-Identifier: MIT
//
// Stands in for the Visual C++ runtime's header: long jumps, whose names <intrin.h> needs.
#pragma once

#include <vcruntime.h>

struct _JBTYPE {
  unsigned long long part[2];
};
typedef _JBTYPE jmp_buf[24];
