// SPDX-License-Identifier: MIT
//
// Holds the first activations of a process until all of them have come, and lets them go at once:
// so a test has several clients' first calls carried out at the same moment.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace dosvc_stand_in {

class Gathering {
 public:
  explicit Gathering(std::uint32_t size) : missing_(size) {}

  // [RPC] Returns when all have come; whoever stays away is not waited for long.
  void Join();

 private:
  std::mutex mutex_;
  std::condition_variable complete_;
  std::uint32_t missing_;  // guarded by mutex_
};

}  // namespace dosvc_stand_in
