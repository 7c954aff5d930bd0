// SPDX-License-Identifier: MIT
//
// Stands in for the Visual C++ runtime's header of this name, which no package registry has. It
// declares what the SDK's headers and libc++ need from it: enough to compile, nothing to link.
#pragma once

#include <sal.h>
#include <vadefs.h>

#define _CRT_BEGIN_C_HEADER extern "C" {
#define _CRT_END_C_HEADER }
#define _VCRTIMP
#define _CRTIMP
#define _VCRT_NOALIAS __declspec(noalias)
#define _VCRT_RESTRICT __declspec(restrict)
#define _VCRT_ALIGN(x) __declspec(align(x))
#define _CRT_STRINGIZE_(x) #x
#define _CRT_STRINGIZE(x) _CRT_STRINGIZE_(x)
#define _CRT_WIDE_(s) L##s
#define _CRT_WIDE(s) _CRT_WIDE_(s)
#define _CRT_CONCATENATE_(a, b) a##b
#define _CRT_CONCATENATE(a, b) _CRT_CONCATENATE_(a, b)
#define _CRT_UNPARENTHESIZE_(...) __VA_ARGS__
#define _CRT_UNPARENTHESIZE(...) _CRT_UNPARENTHESIZE_ __VA_ARGS__
#define _CRT_DEPRECATE_TEXT(text) __declspec(deprecated(text))
#define _CRT_INSECURE_DEPRECATE(replacement)
#define _CRT_INSECURE_DEPRECATE_MEMORY(replacement)
#define _CRT_HAS_CXX17 1
#define _HAS_NODISCARD 1
#define _NODISCARD [[nodiscard]]
#define _UNALIGNED __unaligned
#define _VCRUNTIME_DISABLED_WARNINGS
#define _VCRT_EXPORT_STD
#define __CRTDECL __cdecl
#define __CLRCALL_OR_CDECL __cdecl
#define __CLRCALL_PURE_OR_CDECL __cdecl
#define _CRT_SECURE_CPP_NOTHROW throw()

#ifdef _WIN64
using size_t = unsigned long long;
using ptrdiff_t = long long;
using intptr_t = long long;
#else
using size_t = unsigned int;
using ptrdiff_t = int;
using intptr_t = int;
#endif
using __vcrt_bool = bool;

#define _SIZE_T_DEFINED
#define _PTRDIFF_T_DEFINED
#define _INTPTR_T_DEFINED
#define _WCHAR_T_DEFINED

#ifndef NULL
#define NULL 0
#endif

template <typename Type, size_t kCount>
char (*__countof_helper(_UNALIGNED Type (&)[kCount]))[kCount];
#define __crt_countof(array) (sizeof(*__countof_helper(array)) + 0)

extern "C" [[noreturn]] void __cdecl __report_rangecheckfailure();
extern "C" uintptr_t __security_cookie;
