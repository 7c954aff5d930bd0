// SPDX-License-Identifier: MIT
//
// Stands in for the Visual C++ runtime's header: nothing in it is needed.
#pragma once
