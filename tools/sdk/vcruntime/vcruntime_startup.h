// SPDX-License-Identifier: MIT
//
// Stands in for the Visual C++ runtime's header: nothing of it is wanted.
#pragma once
