// SPDX-License-Identifier: MIT
//
// The conditions around the service, which a test sets. They last as long as the process.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace dosvc_stand_in {

struct Switches {
  static Switches& Get();

  // Sets a switch by its name. Returns false if the name is unknown.
  bool Set(const std::wstring& name, std::uint32_t value);
  void Reset();

  std::atomic<std::uint32_t> network_lost{0};      // "network-lost": 1
  std::atomic<std::uint32_t> refused{0};           // "refused": HRESULT that fails transfers, or 0
  std::atomic<std::uint32_t> drop_callbacks{0};    // "drop-callbacks": 1
  std::atomic<std::uint32_t> double_callbacks{0};  // "double-callbacks": 1
  std::atomic<std::uint32_t> late_callbacks{0};    // "late-callbacks": milliseconds
  std::atomic<std::uint32_t> clock_ahead{0};       // "clock-ahead": seconds
  // "waiting": the HRESULT (DO_E_BLOCKED_BY_...) of the condition that downloads wait for, or 0.
  std::atomic<std::uint32_t> waiting{0};
  // "build": the build of Windows whose service this is; 0: the latest.
  std::atomic<std::uint32_t> build{0};
  // "connect-time": the milliseconds for which downloads try to connect, or 0 for ten seconds.
  std::atomic<std::uint32_t> connect_time{0};
  // "progress-step": the bytes in whose multiples downloads report progress, or 0 for a MiB.
  std::atomic<std::uint32_t> progress_step{0};
  // "no-download-manager": 1: the class has no IDOManager.
  std::atomic<std::uint32_t> no_download_manager{0};
  std::atomic<std::uint32_t> bits_codes{0};  // "bits-codes": 1
  // "lag": how many milliseconds after their return Start, Pause, Resume and Suspend take effect.
  std::atomic<std::uint32_t> lag{0};
  // "sink-after-end": 1: SetNotifyInterface succeeds on a job that has ended.
  std::atomic<std::uint32_t> sink_after_end{0};
  // "silent-errors": 1: a job enters the error state without JobError.
  std::atomic<std::uint32_t> silent_errors{0};
  // "keeps-partial": 1: a job that is completed before it is transferred stays.
  std::atomic<std::uint32_t> keeps_partial{0};
};

}  // namespace dosvc_stand_in
