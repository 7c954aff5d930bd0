// SPDX-License-Identifier: MIT
//
// How long to wait before a transfer is tried again: twice as long each time, up to a limit.
#pragma once

#include <algorithm>
#include <chrono>

namespace dosvc_stand_in {

class BackOff {
 public:
  using Time = std::chrono::milliseconds;

  BackOff(Time first, Time longest) : first_(first), longest_(longest), next_(first) {}

  // The pause before the next try.
  Time Next() {
    const auto pause = std::min(next_, longest_);
    next_ = pause > longest_ / 2 ? longest_ : pause * 2;
    return pause;
  }

  // There was progress: the next pause is the first again.
  void Reset() { next_ = first_; }

 private:
  const Time first_;
  const Time longest_;
  Time next_;
};

}  // namespace dosvc_stand_in
