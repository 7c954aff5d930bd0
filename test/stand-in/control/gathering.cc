// SPDX-License-Identifier: MIT

#include "stand-in/control/gathering.h"

#include <chrono>

namespace dosvc_stand_in {
namespace {

constexpr std::chrono::seconds kPatience{2};

}  // namespace

void Gathering::Join() {
  std::unique_lock lock(mutex_);
  if (missing_ == 0) return;
  if (--missing_ > 0) complete_.wait_for(lock, kPatience, [this] { return missing_ == 0; });
  missing_ = 0;
  complete_.notify_all();
}

}  // namespace dosvc_stand_in
