// SPDX-License-Identifier: MIT
//
// Stands in for the Visual C++ runtime's header: what handles exceptions.
#pragma once

#include <corecrt_terminate.h>
