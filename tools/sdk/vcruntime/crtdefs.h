// SPDX-License-Identifier: MIT
//
// Stands in for the Visual C++ runtime's header: the old name of vcruntime.h.
#pragma once

#include <vcruntime.h>
