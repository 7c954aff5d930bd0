// SPDX-License-Identifier: MIT
//
// Stands in for the Visual C++ runtime's header: exception handling.
#pragma once

#include <corecrt_terminate.h>
