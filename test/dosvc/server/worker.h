// SPDX-License-Identifier: MIT
//
// The process that does the service's work, and that tests kill.
#pragma once

#include <windows.h>

#include <cstdint>
#include <string>

namespace dosvc_stand_in {

// The classes that it makes instances of, in the order in which it hands out their factories.
constexpr std::size_t kManagerClassIndex = 0;
constexpr std::size_t kControlClassIndex = 1;
constexpr std::size_t kClasses = 2;

// To its stdout it writes the factories, marshaled, each after its size in four bytes. Then come
// numbers of four bytes: for so many milliseconds after its death the class is not to be had.
// It ends with its stdin.
int RunWorker(const std::wstring& store);

// [any] Writes such a number.
void SayRestartPause(std::uint32_t milliseconds);

}  // namespace dosvc_stand_in
