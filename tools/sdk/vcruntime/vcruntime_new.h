// SPDX-License-Identifier: MIT
//
// Stands in for the Visual C++ runtime's header: libc++ declares operator new itself.
#pragma once

#include <vcruntime.h>
