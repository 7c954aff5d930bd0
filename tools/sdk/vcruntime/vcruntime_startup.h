// SPDX-License-Identifier: MIT
//
// Stands in for the Visual C++ runtime's header. The SDK's headers name this type, and nothing here
// has one.
#pragma once

typedef int _crt_argv_mode;
