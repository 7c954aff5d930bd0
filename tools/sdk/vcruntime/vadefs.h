// SPDX-License-Identifier: MIT
//
// Stands in for the Visual C++ runtime's header: variable argument lists.
#pragma once

using va_list = __builtin_va_list;
#define _VA_LIST_DEFINED

#ifdef _WIN64
using uintptr_t = unsigned long long;
#else
using uintptr_t = unsigned int;
#endif
#define _UINTPTR_T_DEFINED

#define __crt_va_start(list, parameter) __builtin_va_start(list, parameter)
#define __crt_va_arg(list, type) __builtin_va_arg(list, type)
#define __crt_va_end(list) __builtin_va_end(list)
