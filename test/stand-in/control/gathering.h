// SPDX-License-Identifier: MIT
//
// Holds the first activations of a process until all of them have arrived, then lets them continue
// together, so that a test can make the first calls of several clients run at the same moment.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace dosvc_stand_in {

class Gathering {
 public:
  explicit Gathering(std::uint32_t size) : missing_(size) {}

  // [RPC] Returns when all have arrived, or after a short wait for those that are missing.
  void Join();

 private:
  std::mutex mutex_;
  std::condition_variable complete_;
  std::uint32_t missing_;  // guarded by mutex_
};

}  // namespace dosvc_stand_in
