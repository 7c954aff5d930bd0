// SPDX-License-Identifier: MIT
//
// The process that does the service's work. Tests kill it.
#pragma once

#include <windows.h>

#include <cstdint>
#include <string>

namespace dosvc_stand_in {

// The classes that it instantiates, in the order in which it hands out their factories.
constexpr std::size_t kManagerClassIndex = 0;
constexpr std::size_t kControlClassIndex = 1;
constexpr std::size_t kClasses = 2;

// Settings of a test that outlast the worker.
enum class Lasting : std::uint32_t {
  kRestartPause,  // milliseconds after the worker's death in which activation fails
  kGather,        // how many activations each later worker holds until all have arrived
};

// The form in which the worker reports such a setting to the guardian.
struct LastingValue {
  Lasting what;
  std::uint32_t value;
};

// Writes the marshaled factories to stdout, each after its size in four bytes, followed by
// LastingValues as they are set. Ends when stdin is closed. `gather`: how many activations it holds
// until all have arrived.
int RunWorker(const std::wstring& store, std::uint32_t gather);

// [any] Writes a LastingValue to stdout.
void SayLasting(Lasting what, std::uint32_t value);

}  // namespace dosvc_stand_in
