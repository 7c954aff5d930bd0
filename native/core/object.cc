// SPDX-License-Identifier: MIT

#include "core/object.h"

namespace dosvc {

void LiveObjects::Add() {
  std::lock_guard<Mutex> lock(mu_);
  ++count_;
}

void LiveObjects::Remove() {
  std::lock_guard<Mutex> lock(mu_);
  if (--count_ == 0) none_.notify_all();
}

int LiveObjects::Count() {
  std::lock_guard<Mutex> lock(mu_);
  return count_;
}

bool LiveObjects::WaitForNone(std::chrono::milliseconds timeout) {
  std::unique_lock<Mutex> lock(mu_);
  return none_.wait_for(lock, timeout, [&] { return count_ == 0; });
}

Object::Object(std::shared_ptr<Strand> strand, std::shared_ptr<LiveObjects> live_objects)
    : strand_(std::move(strand)), live_objects_(std::move(live_objects)) {
  live_objects_->Add();
}

Object::~Object() { live_objects_->Remove(); }

void Object::DestroyOnStrand() noexcept {
  const auto strand = strand_;
  strand->Post(std::move(destruction_));
}

}  // namespace dosvc
