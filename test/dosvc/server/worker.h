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

// What a test sets, and what holds beyond the worker's death.
enum class Lasting : std::uint32_t {
  kRestartPause,  // for so many milliseconds after it the class is not to be had
  kGather,        // the first activations of each later worker, held until all have come
};

// What the worker says of it.
struct LastingValue {
  Lasting what;
  std::uint32_t value;
};

// To its stdout it writes the factories, marshaled, each after its size in four bytes. Then come
// such values. It ends with its stdin. `gather`: how many activations are held.
int RunWorker(const std::wstring& store, std::uint32_t gather);

// [any] Writes such a value.
void SayLasting(Lasting what, std::uint32_t value);

}  // namespace dosvc_stand_in
