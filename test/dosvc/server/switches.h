// SPDX-License-Identifier: MIT
//
// The world around the service, as a test sets it. It is gone with the process.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace dosvc_stand_in {

struct Switches {
  static Switches& Get();

  // By its name; false where there is none.
  bool Set(const std::wstring& name, std::uint32_t value);
  void Reset();

  std::atomic<std::uint32_t> network_lost{0};      // "network-lost": 1
  std::atomic<std::uint32_t> refused{0};           // "refused": the HRESULT of transfers, or 0
  std::atomic<std::uint32_t> drop_callbacks{0};    // "drop-callbacks": 1
  std::atomic<std::uint32_t> double_callbacks{0};  // "double-callbacks": 1
  std::atomic<std::uint32_t> late_callbacks{0};    // "late-callbacks": milliseconds
  std::atomic<std::uint32_t> clock_ahead{0};       // "clock-ahead": seconds
  // "waiting": the HRESULT, DO_E_BLOCKED_BY_ and so on, of what downloads wait for, or 0.
  std::atomic<std::uint32_t> waiting{0};
  // "build": of Windows, whose later properties are unknown; 0: the latest.
  std::atomic<std::uint32_t> build{0};
};

}  // namespace dosvc_stand_in
