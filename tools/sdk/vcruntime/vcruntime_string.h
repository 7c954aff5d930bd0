// SPDX-License-Identifier: MIT
//
// Stands in for the Visual C++ runtime's header: memory and strings.
#pragma once

#include <vcruntime.h>

extern "C" {
void* __cdecl memchr(const void* buffer, int byte, size_t size);
int __cdecl memcmp(const void* left, const void* right, size_t size);
void* __cdecl memcpy(void* to, const void* from, size_t size);
void* __cdecl memmove(void* to, const void* from, size_t size);
void* __cdecl memset(void* to, int byte, size_t size);
char* __cdecl strchr(const char* text, int byte);
char* __cdecl strrchr(const char* text, int byte);
char* __cdecl strstr(const char* text, const char* part);
wchar_t* __cdecl wcschr(const wchar_t* text, wchar_t character);
wchar_t* __cdecl wcsrchr(const wchar_t* text, wchar_t character);
wchar_t* __cdecl wcsstr(const wchar_t* text, const wchar_t* part);
}
