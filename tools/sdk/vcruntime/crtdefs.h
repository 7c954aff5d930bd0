// SPDX-License-Identifier: MIT
//
// Stands in for the Visual C++ runtime's header: its old name.
#pragma once

#include <vcruntime.h>
